/* SPDX-License-Identifier: MIT */
/*
 * A guest that knows its own memory: it fills all RAM with a pattern that follows from the
 * address, describes it in an info page (../testguest.h) and then idles with a slow timer, so that
 * a reader outside can check every byte, and see the guest live, without an operating system.
 */
#include "guest.h"

#define TICKS_PER_SECOND 50

/* What start.S maps; RAM above is neither filled nor reported. */
#define MAPPED_GIB 128
#define MAPPED_END ((uint64_t)MAPPED_GIB << 30)

#define PAGE_MASK UINT64_C(0xfff)

#define MULTIBOOT_LOADER_MAGIC 0x2badb002
#define MULTIBOOT_INFO_CMDLINE (1u << 2)
#define MULTIBOOT_INFO_MMAP (1u << 6)
#define MULTIBOOT_MMAP_RAM 1

/* Multiboot Specification 0.6.96, section 3.3; only what is read here. */
struct multiboot_info {
	uint32_t flags;
	uint32_t mem_lower;
	uint32_t mem_upper;
	uint32_t boot_device;
	uint32_t cmdline;
	uint32_t mods_count;
	uint32_t mods_addr;
	uint32_t syms[4];
	uint32_t mmap_length;
	uint32_t mmap_addr;
};

struct multiboot_mmap {
	uint32_t size; /* of what follows */
	uint64_t base;
	uint64_t length;
	uint32_t type;
} __attribute__((packed));

struct idt_entry {
	uint16_t offset_low;
	uint16_t selector;
	uint16_t attributes;
	uint16_t offset_mid;
	uint32_t offset_high;
	uint32_t zero;
};

#define IDT_GATE 0x8e00
#define SEL_CODE64 0x08
#define VECTOR_PIC 0x20
#define NR_VECTORS 0x30

extern const uint8_t exception_entries[32][16];
extern const uint8_t timer_entry[];
extern const uint8_t ignore_entry[];

void guest_main(uint32_t magic, const struct multiboot_info *boot);
void guest_tick(void);
void guest_exception(uint64_t vector, const uint64_t *frame, uint64_t fault_address);

static struct idt_entry idt[NR_VECTORS];
static char name[TESTGUEST_NAME_SIZE];
static bool want_fill = true;
static uint64_t last_request;

static inline void interrupts_on(void)
{
	__asm__ volatile("sti" : : : "memory");
}

/* -- serial port ------------------------------------------------------------------------------ */

#define COM1 0x3f8
#define UART_LCR_DLAB 0x80
#define UART_LCR_8N1 0x03
#define UART_FCR_ENABLE_CLEAR 0x07
#define UART_LSR_THRE 0x20
#define UART_FIFO 16

static void serial_init(void)
{
	outb(COM1 + 1, 0);
	outb(COM1 + 3, UART_LCR_DLAB);
	outb(COM1 + 0, 1); /* 115200 baud */
	outb(COM1 + 1, 0);
	outb(COM1 + 3, UART_LCR_8N1);
	outb(COM1 + 2, UART_FCR_ENABLE_CLEAR);
	outb(COM1 + 4, 0x03);
}

/*
 * A FIFO's worth at a time with one string instruction: every port access is an exit to QEMU, which
 * is dear when KVM itself is emulated.
 */
static void serial_write(const char *text, size_t length)
{
	while (length) {
		size_t part = length < UART_FIFO ? length : UART_FIFO;
		size_t left = part;

		/* Bounded: a port that nobody empties must not stop the guest. */
		for (unsigned int i = 0; i < 1000000 && !(inb(COM1 + 5) & UART_LSR_THRE); i++)
			__asm__ volatile("pause");
		__asm__ volatile("rep outsb"
				 : "+S"(text), "+c"(left)
				 : "d"((uint16_t)COM1)
				 : "memory");
		length -= part;
	}
}

struct line {
	char text[TESTGUEST_NAME_SIZE + 256];
	size_t length;
};

static void line_text(struct line *line, const char *text)
{
	while (*text && line->length < sizeof(line->text) - 1)
		line->text[line->length++] = *text++;
}

static void line_number(struct line *line, uint64_t value, unsigned int base)
{
	char digits[24];
	size_t at = sizeof(digits) - 1;

	digits[at] = '\0';
	do {
		digits[--at] = "0123456789abcdef"[value % base];
		value /= base;
	} while (value);
	line_text(line, &digits[at]);
}

static void line_hex(struct line *line, uint64_t value)
{
	line_text(line, "0x");
	line_number(line, value, 16);
}

/* One piece, so that the timer's lines never end up inside another one. */
static void line_print(struct line *line)
{
	uint64_t rflags;

	line->text[line->length++] = '\n';
	__asm__ volatile("pushfq; popq %0; cli" : "=r"(rflags) : : "memory");
	serial_write(line->text, line->length);
	__asm__ volatile("pushq %0; popfq" : : "r"(rflags) : "memory", "cc");
	line->length = 0;
}

static void line_start(struct line *line)
{
	line->length = 0;
	line_text(line, "testguest ");
	line_text(line, name);
	line_text(line, " ");
}

void say(const char *text)
{
	struct line line;

	line_start(&line);
	line_text(&line, text);
	line_print(&line);
}

/* -- boot information ------------------------------------------------------------------------- */

static bool starts_with(const char *text, const char *prefix)
{
	while (*prefix)
		if (*text++ != *prefix++)
			return false;
	return true;
}

/*
 * "PATH [fill=none] name=REST": QEMU puts the kernel's path first.  The name is all the rest, so
 * that it may hold spaces, and bytes are never looked into.
 */
static void read_cmdline(const char *cmdline)
{
	bool at_word = true;

	for (const char *p = cmdline; *p; p++) {
		if (at_word && starts_with(p, "fill=none"))
			want_fill = false;
		if (at_word && starts_with(p, "name=")) {
			size_t n = 0;

			for (p += 5; *p && n < sizeof(name) - 1; p++)
				name[n++] = *p;
			return;
		}
		at_word = *p == ' ';
	}
}

static void add_range(uint64_t start, uint64_t end)
{
	struct line line;
	uint64_t n = info->nr_ranges;
	uint64_t at;

	start = (start + PAGE_MASK) & ~PAGE_MASK;
	end &= ~PAGE_MASK;
	if (end > MAPPED_END) {
		line_start(&line);
		line_text(&line, "leaves out RAM above ");
		line_hex(&line, MAPPED_END);
		line_print(&line);
		end = MAPPED_END;
	}
	if (start >= end)
		return;
	if (n == TESTGUEST_MAX_RANGES) {
		line_start(&line);
		line_text(&line, "leaves out RAM at ");
		line_hex(&line, start);
		line_print(&line);
		return;
	}

	/* Firmware maps need not be sorted; ours is. */
	for (at = n; at > 0 && info->ranges[at - 1].gpa > start; at--) {
		info->ranges[at].gpa = info->ranges[at - 1].gpa;
		info->ranges[at].size = info->ranges[at - 1].size;
	}
	info->ranges[at].gpa = start;
	info->ranges[at].size = end - start;
	info->nr_ranges = n + 1;
}

/* Adds [start, end) without what starts at hole_start and stops at hole_end. */
static void add_around(uint64_t start, uint64_t end, uint64_t hole_start, uint64_t hole_end)
{
	if (end <= hole_start || start >= hole_end) {
		add_range(start, end);
		return;
	}
	if (start < hole_start)
		add_range(start, hole_start);
	if (end > hole_end)
		add_range(hole_end, end);
}

static void read_memory_map(const struct multiboot_info *boot)
{
	uint32_t at = boot->mmap_addr;

	while (at < boot->mmap_addr + boot->mmap_length) {
		const struct multiboot_mmap *entry = (const void *)(uintptr_t)at;
		uint64_t start = entry->base;
		uint64_t end = entry->base + entry->length;

		if (entry->type == MULTIBOOT_MMAP_RAM && end > TESTGUEST_LOW_END) {
			if (start < TESTGUEST_LOW_END)
				start = TESTGUEST_LOW_END;
			add_around(start, end, TESTGUEST_IMAGE_START,
				   TESTGUEST_INFO_GPA + TESTGUEST_INFO_SIZE);
		}
		at += entry->size + sizeof(entry->size);
	}
}

static uint8_t cmos(uint8_t reg)
{
	outb(0x70, reg);
	return inb(0x71);
}

/* KVM starts a guest's cycle counter at 0, so mix the wall clock in and spread the bits. */
static uint64_t make_boot_id(void)
{
	uint32_t low, high;
	uint64_t id;

	__asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
	id = (uint64_t)high << 32 | low;
	id ^= (uint64_t)cmos(0) << 56 | (uint64_t)cmos(2) << 48 | (uint64_t)cmos(4) << 40;
	id *= TESTGUEST_PATTERN_FACTOR;
	id ^= id >> 29;
	return id ? id : 1;
}

/* -- interrupts ------------------------------------------------------------------------------- */

#define PIC1 0x20
#define PIC2 0xa0
#define PIC_EOI 0x20
#define PIT 0x40
#define PIT_HZ 1193182

static void set_vector(unsigned int vector, const void *entry)
{
	uint64_t offset = (uintptr_t)entry;

	idt[vector].offset_low = (uint16_t)offset;
	idt[vector].selector = SEL_CODE64;
	idt[vector].attributes = IDT_GATE;
	idt[vector].offset_mid = (uint16_t)(offset >> 16);
	idt[vector].offset_high = (uint32_t)(offset >> 32);
}

static void interrupts_init(void)
{
	struct {
		uint16_t limit;
		uint64_t base;
	} __attribute__((packed)) pointer = { sizeof(idt) - 1, (uintptr_t)idt };
	const uint16_t divisor = PIT_HZ / TICKS_PER_SECOND;

	for (unsigned int i = 0; i < 32; i++)
		set_vector(i, exception_entries[i]);
	for (unsigned int i = VECTOR_PIC; i < NR_VECTORS; i++)
		set_vector(i, ignore_entry);
	set_vector(VECTOR_PIC, timer_entry);
	__asm__ volatile("lidt %0" : : "m"(pointer));

	/* Both PICs: initialise, vectors from VECTOR_PIC on, cascade on IRQ 2, 8086 mode. */
	outb(PIC1, 0x11);
	outb(PIC2, 0x11);
	outb(PIC1 + 1, VECTOR_PIC);
	outb(PIC2 + 1, VECTOR_PIC + 8);
	outb(PIC1 + 1, 4);
	outb(PIC2 + 1, 2);
	outb(PIC1 + 1, 1);
	outb(PIC2 + 1, 1);
	/* Only IRQ 0 gets through. */
	outb(PIC1 + 1, 0xfe);
	outb(PIC2 + 1, 0xff);

	/* Channel 0, both bytes, rate generator. */
	outb(PIT + 3, 0x34);
	outb(PIT, divisor & 0xff);
	outb(PIT, divisor >> 8);
}

void guest_tick(void)
{
	uint64_t request = info->request;

	info->counter++;
	if (request != last_request) {
		struct line line = { .length = 0 };

		last_request = request;
		info->response = testguest_response(request);
		line_text(&line, "request ");
		line_number(&line, request, 10);
		line_print(&line);
	}
	outb(PIC1, PIC_EOI);
}

void guest_exception(uint64_t vector, const uint64_t *frame, uint64_t fault_address)
{
	struct line line;

	line_start(&line);
	line_text(&line, "exception ");
	line_number(&line, vector, 10);
	line_text(&line, " stack");
	for (unsigned int i = 0; i < 4; i++) {
		line_text(&line, " ");
		line_hex(&line, frame[i]);
	}
	line_text(&line, " cr2 ");
	line_hex(&line, fault_address);
	line_print(&line);
}

/* -- life ------------------------------------------------------------------------------------- */

/*
 * After a reset the page still holds what the last boot wrote. All of it goes but the seed: what
 * memory held before never looks right again.
 */
static void clear_info(void)
{
	static const char magic[sizeof(info->magic)] = TESTGUEST_MAGIC;
	volatile uint64_t *word = (volatile uint64_t *)TESTGUEST_INFO_GPA;
	uint64_t seed = info->seed + TESTGUEST_SEED_STEP;

	for (size_t i = 0; i < sizeof(magic); i++)
		if (info->magic[i] != magic[i])
			seed = 0;
	for (size_t i = 0; i < TESTGUEST_INFO_SIZE / sizeof(*word); i++)
		word[i] = 0;
	info->seed = seed;
}

void guest_main(uint32_t magic, const struct multiboot_info *boot)
{
	static const char info_magic[sizeof(info->magic)] = TESTGUEST_MAGIC;

	serial_init();
	if (magic != MULTIBOOT_LOADER_MAGIC) {
		say("was not started by a multiboot loader");
		return;
	}

	clear_info();

	/* All of this before the first word of pattern: it lies in RAM that gets overwritten. */
	if (boot->flags & MULTIBOOT_INFO_CMDLINE)
		read_cmdline((const char *)(uintptr_t)boot->cmdline);
	say("booting");
	if (!(boot->flags & MULTIBOOT_INFO_MMAP)) {
		say("got no memory map");
		return;
	}
	read_memory_map(boot);

	for (size_t i = 0; i < sizeof(name); i++)
		info->name[i] = name[i];
	info->boot_id = make_boot_id();
	for (size_t i = 0; i < sizeof(info_magic); i++)
		info->magic[i] = info_magic[i];

	interrupts_init();
	interrupts_on();
	if (want_fill) {
		pages_init();
		info->pattern_ready = 1;
		balloon_init();
		shadow_init();
		bar_init();
	}
	say("ready");

	for (;;) {
		rest();
		if (want_fill) {
			balloon_work();
			dimms_work();
			shadow_work();
			bar_work();
		}
	}
}
