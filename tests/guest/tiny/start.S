/* SPDX-License-Identifier: MIT */
/*
 * The way from the multiboot entry (32-bit, no paging) into long mode, and the interrupt entries:
 * what C cannot say.  The rest of the guest is in main.c.
 *
 * The boot protocol is "Multiboot Specification version 0.6.96", sections 3.1 and 3.2.
 */

#define MULTIBOOT_MAGIC		0x1badb002
#define MULTIBOOT_ALIGN		0x1
#define MULTIBOOT_MEMORY	0x2
#define MULTIBOOT_FLAGS		(MULTIBOOT_ALIGN | MULTIBOOT_MEMORY)

#define COM1			0x3f8

#define CR0_PE			0x00000001
#define CR0_WP			0x00010000
#define CR0_PG			0x80000000
#define CR4_PAE			0x20
#define MSR_EFER		0xc0000080
#define EFER_LME		0x100

#define PTE_PRESENT_WRITE	0x03
#define PTE_LARGE		0x80

#define SEL_CODE64		0x08
#define SEL_DATA		0x10

/* 2 MiB pages: one page directory a GiB.  main.c has the same number (MAPPED_GIB). */
#define MAPPED_GIB		128

	.section .multiboot, "a"
	.balign 4
	.long MULTIBOOT_MAGIC
	.long MULTIBOOT_FLAGS
	.long -(MULTIBOOT_MAGIC + MULTIBOOT_FLAGS)

	.text
	.code32
	.globl _start
_start:
	cli
	cld
	movl $stack_top, %esp
	movl %eax, %ebp
	movl %ebx, %esi

	movl $0x80000000, %eax
	cpuid
	cmpl $0x80000001, %eax
	jb no_long_mode
	movl $0x80000001, %eax
	cpuid
	btl $29, %edx
	jnc no_long_mode

	/* Page directories: entry n maps 2 MiB at n * 2 MiB; %edx:%eax is the entry. */
	movl $page_directories, %edi
	movl $(MAPPED_GIB * 512), %ecx
	movl $(PTE_PRESENT_WRITE | PTE_LARGE), %eax
	xorl %edx, %edx
1:	movl %eax, (%edi)
	movl %edx, 4(%edi)
	addl $0x200000, %eax
	adcl $0, %edx
	addl $8, %edi
	decl %ecx
	jnz 1b

	movl $page_pointers, %edi
	movl $MAPPED_GIB, %ecx
	movl $(page_directories + PTE_PRESENT_WRITE), %eax
1:	movl %eax, (%edi)
	movl $0, 4(%edi)
	addl $0x1000, %eax
	addl $8, %edi
	decl %ecx
	jnz 1b

	movl $(page_pointers + PTE_PRESENT_WRITE), page_root
	movl $0, page_root + 4

	movl %cr4, %eax
	orl $CR4_PAE, %eax
	movl %eax, %cr4
	movl $page_root, %eax
	movl %eax, %cr3
	movl $MSR_EFER, %ecx
	rdmsr
	orl $EFER_LME, %eax
	wrmsr
	movl %cr0, %eax
	orl $(CR0_PG | CR0_WP | CR0_PE), %eax
	movl %eax, %cr0
	lgdt gdt_pointer
	ljmp $SEL_CODE64, $long_mode

	/* A 32-bit CPU model: say so instead of rebooting for ever. */
no_long_mode:
	movl $no_long_mode_text, %esi
	movw $COM1, %dx
1:	lodsb
	testb %al, %al
	jz 2f
	outb %al, %dx
	jmp 1b
2:	hlt
	jmp 2b

	.code64
long_mode:
	movl $SEL_DATA, %eax
	movl %eax, %ds
	movl %eax, %es
	movl %eax, %ss
	xorl %eax, %eax
	movl %eax, %fs
	movl %eax, %gs
	movl %ebp, %edi
	movl %esi, %esi
	xorl %ebp, %ebp
	call guest_main
2:	hlt
	jmp 2b

	/* The only interrupt that is let through: the timer. */
	.globl timer_entry
timer_entry:
	pushq %rax
	pushq %rcx
	pushq %rdx
	pushq %rsi
	pushq %rdi
	pushq %r8
	pushq %r9
	pushq %r10
	pushq %r11
	cld
	call guest_tick
	popq %r11
	popq %r10
	popq %r9
	popq %r8
	popq %rdi
	popq %rsi
	popq %rdx
	popq %rcx
	popq %rax
	iretq

	/* Spurious interrupts of either PIC (IRQ 7 and 15) want no acknowledgement that matters. */
	.globl ignore_entry
ignore_entry:
	iretq

	/* Exceptions: 16 bytes each, number on the stack, never to return. */
	.balign 16
	.globl exception_entries
exception_entries:
	.set vector, 0
	.rept 32
	.balign 16
	pushq $vector
	jmp exception
	.set vector, vector + 1
	.endr

exception:
	popq %rdi
	movq %rsp, %rsi
	movq %cr2, %rdx
	andq $-16, %rsp
	cld
	call guest_exception
2:	cli
	hlt
	jmp 2b

	.section .rodata
	.balign 8
gdt:
	.quad 0
	.quad 0x00af9b000000ffff
	.quad 0x00cf93000000ffff
gdt_end:
gdt_pointer:
	.word gdt_end - gdt - 1
	.quad gdt
no_long_mode_text:
	.asciz "testguest: this CPU has no long mode; give the domain a 64-bit CPU model\n"

	.bss
	.balign 4096
page_root:
	.skip 4096
page_pointers:
	.skip 4096
page_directories:
	.skip MAPPED_GIB * 4096
stack:
	.skip 16384
stack_top:

	.section .note.GNU-stack, "", @progbits
