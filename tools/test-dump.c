// SPDX-License-Identifier: MIT
/*
 * memflowctl dump, with a library that needs no kernel module (fake-library.c): what ends up in files
 * and pipes, byte by byte, and what is left of a dump that fails.
 */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib/gstdio.h>
#include <zstd.h>

#include "dump/notes.h"
#include "dump/output.h"
#include "dump/pause.h"
#include "exit-status.h"
#include "fake-library.h"
#include "fixture.h"

/* Everything but the ROM, which makes raw dumps 4 GiB long. */
#define RAM "--range 0+0x500000"

/* memflowctl dump OPTIONS win10 FILE-IN-THE-DIRECTORY */
static char *command(struct fixture *f, const char *options, const char *file)
{
	return g_strdup_printf("dump %s win10 '%s/%s'", options, f->dir, file);
}

static int dump(struct fixture *f, const char *options, const char *file)
{
	g_autofree char *line = command(f, options, file);

	return run(f, line);
}

static void assert_dumps(struct fixture *f, const char *options, const char *file)
{
	g_autofree char *line = command(f, options, file);

	assert_succeeds(f, line);
}

static void assert_dump_fails(struct fixture *f, const char *options, const char *file,
			      int status, const char *why)
{
	g_autofree char *line = command(f, options, file);

	assert_fails(f, line, status, why);
}

static char *path_of(struct fixture *f, const char *file)
{
	return g_build_filename(f->dir, file, NULL);
}

static guint8 *contents_of(struct fixture *f, const char *file, gsize *length)
{
	g_autofree char *path = path_of(f, file);
	char *contents;

	if (!g_file_get_contents(path, &contents, length, NULL))
		fail_msg("there is no %s", file);
	return (guint8 *)contents;
}

static gboolean exists(struct fixture *f, const char *file)
{
	g_autofree char *path = path_of(f, file);

	return g_file_test(path, G_FILE_TEST_EXISTS);
}

static guint count_files(struct fixture *f)
{
	g_autoptr(GDir) dir = g_dir_open(f->dir, 0, NULL);
	guint n = 0;

	while (g_dir_read_name(dir))
		n++;
	return n;
}

static guint8 byte_at(guint64 gpa)
{
	if (gpa < FAKE_LOW_END || (gpa >= FAKE_HIGH && gpa < FAKE_HIGH_END))
		return fake_byte(gpa);
	return gpa >= FAKE_ROM && gpa < FAKE_ROM_END ? 0xf4 : 0;
}

static void assert_memory(const guint8 *bytes, guint64 gpa, guint64 length)
{
	for (guint64 i = 0; i < length; i++)
		if (bytes[i] != byte_at(gpa + i))
			fail_msg("the byte at 0x%" G_GINT64_MODIFIER "x is %02x", gpa + i, bytes[i]);
}

/* ------------------------------------------------------------------ raw -- */

static void test_raw(void **state)
{
	struct fixture *f = *state;
	g_autofree guint8 *bytes = NULL;
	g_autofree guint8 *part = NULL;
	g_autofree char *path = path_of(f, "memory");
	struct stat st;
	gsize length;

	assert_dumps(f, "--format raw " RAM, "memory");
	bytes = contents_of(f, "memory", &length);
	assert_int_equal(length, FAKE_HIGH_END);
	assert_memory(bytes, 0, FAKE_HIGH_END);
	assert_string_equal(fake.opened, "win10 auto ro");
	assert_int_equal(g_stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(count_files(f), 1);

	/* Crooked, and with holes at both ends. */
	assert_dumps(f, "--format raw --range 0xb0001+0x500000", "part");
	part = contents_of(f, "part", &length);
	assert_int_equal(length, 0x500000);
	assert_memory(part, 0xb0001, 0x500000);
}

/* 4 GiB, of which 5 MiB are memory. */
static void test_raw_sparse(void **state)
{
	struct fixture *f = *state;
	g_autofree char *path = path_of(f, "memory");
	g_autofree guint8 *zeros = g_malloc0(MIB);
	g_autofree guint8 *rom = g_malloc(FAKE_ROM_END - FAKE_ROM);
	struct stat st;
	int fd;

	assert_dumps(f, "-F raw", "memory");
	assert_int_equal(g_stat(path, &st), 0);
	assert_int_equal(st.st_size, FAKE_ROM_END);
	assert_true(st.st_blocks * 512 < (blkcnt_t)(6 * MIB));
	fd = open(path, O_RDONLY | O_CLOEXEC);
	assert_int_equal(pread(fd, rom, FAKE_ROM_END - FAKE_ROM, (off_t)FAKE_ROM),
			 FAKE_ROM_END - FAKE_ROM);
	assert_memory(rom, FAKE_ROM, FAKE_ROM_END - FAKE_ROM);
	close(fd);

	/* Zeros within memory, from the midst of a page to that of another; and at the end. */
	fake_poke(2 * MIB + 100, zeros, MIB);
	fake_poke(4 * MIB + 100, zeros, MIB - 100);
	assert_dumps(f, "-F raw -f " RAM, "memory");
	assert_int_equal(g_stat(path, &st), 0);
	assert_int_equal(st.st_size, FAKE_HIGH_END);
	assert_true(st.st_blocks * 512 < (blkcnt_t)(3 * MIB));
	fd = open(path, O_RDONLY | O_CLOEXEC);
	assert_int_equal(lseek(fd, 2 * MIB, SEEK_HOLE), 2 * MIB + 4096);
	assert_int_equal(lseek(fd, 2 * MIB + 4096, SEEK_DATA), 3 * MIB);
	assert_int_equal(pread(fd, zeros, 4096, 3 * MIB), 4096);
	for (guint i = 0; i < 4096; i++)
		assert_int_equal(zeros[i], i < 100 ? 0 : fake_byte(3 * MIB + i));
	close(fd);
}

/* A pipe gets all of it. */
static void test_pipe(void **state)
{
	struct fixture *f = *state;
	g_autofree guint8 *bytes = g_malloc(FAKE_HIGH_END + 1);
	FILE *file = tmpfile();

	f->out_to = file;
	assert_succeeds(f, "dump --format raw " RAM " win10 -");
	assert_int_equal(pread(fileno(file), bytes, FAKE_HIGH_END + 1, 0), FAKE_HIGH_END);
	assert_memory(bytes, 0, FAKE_HIGH_END);

	assert_int_equal(run(f, "dump --format raw --checksum sha256 --range 1M+1M win10 -"), 0);
	assert_true(g_str_has_suffix(f->err, "  -\n"));
	assert_int_equal(f->err_size, 64 + 4);
	fclose(file);
}

static void test_device(void **state)
{
	struct fixture *f = *state;

	assert_succeeds(f, "dump -F raw " RAM " win10 /dev/null");
	assert_fails(f, "dump -F raw " RAM " win10 /dev/full", CTL_FAILURE, "No space left");
}

/* ------------------------------------------------------------------ elf -- */

struct core {
	guint8 *bytes;
	gsize length;
	const Elf64_Ehdr *header;
	const Elf64_Phdr *segments;
};

static void core_open(struct fixture *f, const char *file, struct core *core)
{
	core->bytes = contents_of(f, file, &core->length);
	core->header = (const Elf64_Ehdr *)core->bytes;
	core->segments = (const Elf64_Phdr *)(core->bytes + core->header->e_phoff);
	assert_memory_equal(core->header->e_ident, ELFMAG, SELFMAG);
}

/* The contents of a note, or NULL. */
static const char *core_find_note(const struct core *core, const char *name, guint32 type,
				  guint32 *size)
{
	const guint8 *at = core->bytes + core->segments[0].p_offset;
	const guint8 *end = at + core->segments[0].p_filesz;

	assert_int_equal(core->segments[0].p_type, PT_NOTE);
	while (at < end) {
		const Elf64_Nhdr *note = (const Elf64_Nhdr *)at;
		const char *its_name = (const char *)(note + 1);
		const char *contents = its_name + ((note->n_namesz + 3) & ~3U);

		if (note->n_namesz == strlen(name) + 1 && !strcmp(its_name, name) &&
		    note->n_type == type) {
			*size = note->n_descsz;
			return contents;
		}
		at = (const guint8 *)contents + ((note->n_descsz + 3) & ~3U);
	}
	return NULL;
}

static void test_elf(void **state)
{
	static const guint64 expected[][2] = {
		{ 0, FAKE_LOW_END },
		{ FAKE_HIGH, FAKE_HIGH_END - FAKE_HIGH },
		{ FAKE_ROM, FAKE_ROM_END - FAKE_ROM },
	};
	struct fixture *f = *state;
	g_autofree char *about = NULL;
	const char *note;
	struct core core;
	guint32 size;

	assert_int_equal(dump(f, "", "core"), 0);
	assert_contains(f->err, "no Linux kernel's VMCOREINFO");
	core_open(f, "core", &core);
	assert_int_equal(core.header->e_type, ET_CORE);
	assert_int_equal(core.header->e_machine, EM_X86_64);
	assert_int_equal(core.header->e_phnum, 4);
	for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
		const Elf64_Phdr *segment = &core.segments[1 + i];

		assert_int_equal(segment->p_type, PT_LOAD);
		assert_int_equal(segment->p_paddr, expected[i][0]);
		assert_int_equal(segment->p_filesz, expected[i][1]);
		assert_int_equal(segment->p_memsz, expected[i][1]);
		assert_true(segment->p_offset + segment->p_filesz <= core.length);
		assert_memory(core.bytes + segment->p_offset, segment->p_paddr, segment->p_filesz);
	}
	assert_null(core_find_note(&core, "VMCOREINFO", 0, &size));
	note = core_find_note(&core, CTL_NOTE_NAME, CTL_NOTE_TYPE, &size);
	assert_non_null(note);
	about = g_strndup(note, size);
	assert_contains(about, "domain=win10\nuuid=6a9a4c64-71f9-4b3a-9d5c-2d1a9f0c7e01\ntime=2");
	assert_contains(about, "\npaused=no\n");
	g_free(core.bytes);

	/* Nothing is said, and no other file than a file of that name is left. */
	assert_dumps(f, "--quiet --force", "core");
	assert_int_equal(count_files(f), 1);
}

#define OLD_VMCOREINFO "OSRELEASE=3.10.0-1160.el7.x86_64\nPAGESIZE=4096\nCRASHTIME=1\n"

static void test_elf_vmcoreinfo(void **state)
{
	struct fixture *f = *state;
	struct core core;
	const char *note;
	guint32 size;

	fake_poke_vmcoreinfo(0x2fffec, 0, OLD_VMCOREINFO);
	assert_dumps(f, "", "core");
	core_open(f, "core", &core);
	note = core_find_note(&core, "VMCOREINFO", 0, &size);
	assert_non_null(note);
	assert_int_equal(size, strlen(OLD_VMCOREINFO));
	assert_memory_equal(note, OLD_VMCOREINFO, size);
	/* The first that readers see. */
	assert_int_equal((const guint8 *)note - core.bytes, core.segments[0].p_offset + 24);
	g_free(core.bytes);
}

/* ---------------------------------------------------- zstd and checksum -- */

static void test_compress(void **state)
{
	struct fixture *f = *state;
	g_autofree guint8 *packed = NULL;
	g_autofree guint8 *bytes = g_malloc(FAKE_HIGH_END + 1);
	gsize length;

	assert_dumps(f, "--format raw --compress zstd " RAM, "memory.zst");
	packed = contents_of(f, "memory.zst", &length);
	assert_int_equal(ZSTD_getFrameContentSize(packed, length), FAKE_HIGH_END);
	assert_int_equal(ZSTD_decompress(bytes, FAKE_HIGH_END + 1, packed, length), FAKE_HIGH_END);
	assert_memory(bytes, 0, FAKE_HIGH_END);
	assert_dumps(f, "-q --format elf --compress zstd:19 " RAM, "core.zst");
	assert_dump_fails(f, "--compress gzip", "x", CTL_USAGE, "not \"gzip\"");
	assert_dump_fails(f, "--compress zstd:20", "x", CTL_USAGE, "from 1 to 19");
	assert_dump_fails(f, "--compress zstd:", "x", CTL_USAGE, "from 1 to 19");
	assert_dump_fails(f, "--compress zstdx", "x", CTL_USAGE, "not \"zstdx\"");
}

static void assert_checksum(struct fixture *f, const char *file, const char *format)
{
	g_autofree char *sums = g_strconcat(file, ".sha256", NULL);
	g_autofree guint8 *bytes = NULL;
	g_autofree guint8 *line = NULL;
	g_autofree char *sum = NULL;
	g_autofree char *expected = NULL;
	gsize length;

	bytes = contents_of(f, file, &length);
	sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes, length);
	line = contents_of(f, sums, &length);
	/* NOLINTNEXTLINE(clang-diagnostic-format-nonliteral) */
	expected = g_strconcat(*format == '\\' ? "\\" : "", sum, format + (*format == '\\'), NULL);
	assert_string_equal((const char *)line, expected);
}

static void test_checksum(void **state)
{
	struct fixture *f = *state;

	assert_dumps(f, "--format raw --checksum sha256 " RAM, "memory");
	assert_checksum(f, "memory", "  memory\n");
	assert_dumps(f, "--format raw --checksum sha256 --compress zstd " RAM, "memory.zst");
	assert_checksum(f, "memory.zst", "  memory.zst\n");
	assert_dumps(f, "--format raw --checksum sha256 " RAM, "odd\\name");
	assert_checksum(f, "odd\\name", "\\  odd\\\\name\n");
	assert_dump_fails(f, "--checksum md5", "x", CTL_USAGE, "not \"md5\"");
}

/* ---------------------------------------------------------------- files -- */

static void test_exists(void **state)
{
	struct fixture *f = *state;
	g_autofree char *path = path_of(f, "memory");
	g_autofree char *link = path_of(f, "link");
	g_autofree char *contents = NULL;
	gsize length;

	assert_true(g_file_set_contents(path, "mine", -1, NULL));
	assert_int_equal(symlink("memory", link), 0);
	assert_dump_fails(f, "-F raw " RAM, "memory", CTL_FAILURE, "--force");
	assert_dump_fails(f, "-F raw " RAM, "link", CTL_FAILURE, "--force");
	assert_dump_fails(f, "-F raw " RAM, "no/directory", CTL_FAILURE, "No such file");
	assert_dump_fails(f, "-F raw " RAM, ".", CTL_FAILURE, "directory");
	assert_true(g_file_get_contents(path, &contents, NULL, NULL));
	assert_string_equal(contents, "mine");

	/* Through the link, which stays one. */
	assert_dumps(f, "-F raw --force " RAM, "link");
	assert_true(g_file_test(link, G_FILE_TEST_IS_SYMLINK));
	g_free(contents_of(f, "memory", &length));
	assert_int_equal(length, FAKE_HIGH_END);
	assert_int_equal(count_files(f), 2);
}

/* Nobody has to wait for the other end. */
static int make_fifo(const char *path)
{
	int fd;

	assert_int_equal(mkfifo(path, 0600), 0);
	fd = open(path, O_RDWR | O_CLOEXEC);
	assert_true(fd >= 0);
	return fd;
}

static void test_fifo(void **state)
{
	struct fixture *f = *state;
	g_autofree char *path = path_of(f, "fifo");
	g_autofree guint8 *bytes = g_malloc(4097);
	int fd = make_fifo(path);

	assert_dumps(f, "-F raw --range 1M+4096", "fifo");
	assert_int_equal(read(fd, bytes, 4097), 4096);
	assert_memory(bytes, FAKE_HIGH, 4096);
	/* The rest takes root to make one that is not the caller's. */
	if (!chown(path, 65534, (gid_t)-1)) {
		assert_dump_fails(f, "-F raw --range 1M+4096", "fifo", CTL_PERMISSION, "--force");
		assert_dumps(f, "-F raw --force --range 1M+4096", "fifo");
		assert_int_equal(read(fd, bytes, 4097), 4096);
	}
	close(fd);
}

struct swap {
	const char *path;
	const char *other;
	int over; /* atomic */
};

static gpointer keep_swapping(gpointer data)
{
	struct swap *swap = data;

	while (!g_atomic_int_get(&swap->over))
		renameat2(AT_FDCWD, swap->path, AT_FDCWD, swap->other, RENAME_EXCHANGE);
	return NULL;
}

/* A FIFO that becomes a link to a file of ours, whoever wins. */
static void test_fifo_swapped(void **state)
{
	struct fixture *f = *state;
	g_autofree char *path = path_of(f, "fifo");
	g_autofree char *link = path_of(f, "link");
	g_autofree char *mine = path_of(f, "mine");
	struct swap swap = { .path = path, .other = link };
	g_autofree guint8 *contents = NULL;
	int fd = make_fifo(path);
	GThread *thread;
	gsize length;

	assert_true(g_file_set_contents(mine, "mine", -1, NULL));
	assert_int_equal(symlink("mine", link), 0);
	thread = g_thread_new("swap", keep_swapping, &swap);
	/* Fewer than fill the FIFO. */
	for (guint i = 0; i < 20000; i++) {
		CtlOutput *output = ctl_output_open(path, FALSE, NULL);

		if (!output)
			continue;
		assert_true(ctl_output_write(output, "?", 1, NULL));
		ctl_output_close(output, FALSE);
	}
	g_atomic_int_set(&swap.over, TRUE);
	g_thread_join(thread);
	contents = contents_of(f, "mine", &length);
	assert_int_equal(length, 4);
	assert_memory_equal(contents, "mine", 4);
	close(fd);
}

static void test_terminal(void **state)
{
	struct fixture *f = *state;
	int controller = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);

	if (controller < 0 || grantpt(controller) || unlockpt(controller))
		skip();
	f->out_to = fopen(ptsname(controller), "we");
	assert_non_null(f->out_to);
	assert_fails(f, "dump win10 -", CTL_USAGE, "terminal");
	fclose(f->out_to);
	close(controller);
}

/* ------------------------------------------------------------- failures -- */

static void test_gone(void **state)
{
	struct fixture *f = *state;

	fake.gone_after = 3 * MIB;
	assert_dump_fails(f, "-F raw " RAM, "memory", CTL_GONE, "\"win10\" is gone");
	assert_int_equal(count_files(f), 0);
	/* While VMCOREINFO is searched for. */
	fake.gone_after = MIB;
	assert_dump_fails(f, "", "memory", CTL_GONE, "\"win10\" is gone");
	assert_int_equal(count_files(f), 0);

	/* What was there before is there after. */
	fake.gone_after = G_MAXUINT64;
	assert_dumps(f, "-F raw " RAM, "memory");
	fake.gone_after = 3 * MIB;
	assert_dump_fails(f, "-F raw --force " RAM, "memory", CTL_GONE, "\"win10\" is gone");
	assert_int_equal(count_files(f), 1);
	assert_true(exists(f, "memory"));
}

static void test_keep_partial(void **state)
{
	struct fixture *f = *state;
	g_autofree guint8 *bytes = NULL;
	g_auto(GStrv) words = NULL;
	gsize length;

	fake.gone_after = 3 * MIB;
	assert_int_equal(dump(f, "-F raw --keep-partial " RAM, "memory"), CTL_GONE);
	assert_contains(f->err, "is gone");
	assert_contains(f->err, ".partial\"");
	words = g_strsplit(f->err, "\"", -1);
	assert_true(g_file_get_contents(words[3], (char **)&bytes, &length, NULL));
	assert_int_equal(length, 3 * MIB);
	assert_memory(bytes, 0, length);
	assert_int_equal(count_files(f), 1);
}

static void test_unplugged(void **state)
{
	struct fixture *f = *state;
	g_autofree guint8 *bytes = NULL;
	gsize length;

	fake.shrinks_after = 0;
	assert_int_equal(dump(f, "-F raw " RAM, "memory"), 0);
	assert_contains(f->err, "327680 bytes");
	bytes = contents_of(f, "memory", &length);
	assert_int_equal(length, FAKE_HIGH_END);
	assert_memory(bytes, 0, FAKE_LOW_END / 2);
	for (guint i = FAKE_LOW_END / 2; i < FAKE_HIGH; i++)
		assert_int_equal(bytes[i], 0);
	assert_memory(bytes + FAKE_HIGH, FAKE_HIGH, FAKE_HIGH_END - FAKE_HIGH);

	/* Too late for anything to be missing. */
	fake.shrunk = FALSE;
	fake.shrinks_after = FAKE_LOW_END;
	assert_int_equal(dump(f, "-f -F raw " RAM, "memory"), 0);
	assert_contains(f->err, "layout of the guest's memory changed");
}

static int interrupts;

static void count_interrupt(int signal)
{
	interrupts += signal == SIGINT;
}

static void test_interrupt(void **state)
{
	const struct sigaction action = { .sa_handler = count_interrupt };
	struct fixture *f = *state;

	interrupts = 0;
	sigaction(SIGINT, &action, NULL);
	fake.interrupt_after = 3 * MIB;
	assert_int_equal(dump(f, "-F raw --pause " RAM, "memory"), CTL_FAILURE);
	assert_contains(f->err, "interrupted");
	assert_int_equal(count_files(f), 0);
	assert_int_equal(fake.run->resumed, 1);
	/* It was undone first, and is then what it would have been. */
	assert_int_equal(interrupts, 1);

	fake.interrupt_after = MIB;
	assert_int_equal(dump(f, "", "core"), CTL_FAILURE);
	assert_int_equal(count_files(f), 0);
	assert_int_equal(interrupts, 2);
	signal(SIGINT, SIG_DFL);
}

static gpointer interrupt_later(gpointer data)
{
	(void)data;
	g_usleep(G_USEC_PER_SEC / 5);
	kill(getpid(), SIGTERM);
	return NULL;
}

static void count_terminate(int signal)
{
	interrupts += signal == SIGTERM;
}

/* In the midst of a write to a pipe that is full, some of which has been done. */
static void test_interrupt_blocked(void **state)
{
	const struct sigaction action = { .sa_handler = count_terminate };
	struct fixture *f = *state;
	GThread *thread;
	int fds[2];

	interrupts = 0;
	sigaction(SIGTERM, &action, NULL);
	assert_int_equal(pipe(fds), 0);
	f->out_to = fdopen(fds[1], "w");
	thread = g_thread_new("interrupt", interrupt_later, NULL);
	assert_int_equal(run(f, "dump -F raw " RAM " win10 -"), CTL_FAILURE);
	assert_contains(f->err, "interrupted");
	assert_int_equal(interrupts, 1);
	g_thread_join(thread);
	fclose(f->out_to);
	close(fds[0]);
	signal(SIGTERM, SIG_DFL);
}

static void test_closed_pipe(void **state)
{
	struct fixture *f = *state;
	int fds[2];

	signal(SIGPIPE, SIG_IGN);
	assert_int_equal(pipe(fds), 0);
	close(fds[0]);
	f->out_to = fdopen(fds[1], "w");
	assert_int_equal(run(f, "dump -F raw --pause " RAM " win10 -"), CTL_FAILURE);
	assert_int_equal(f->err_size, 0);
	assert_int_equal(fake.run->resumed, 1);
	fclose(f->out_to);
	signal(SIGPIPE, SIG_DFL);
}

/* ---------------------------------------------------------------- pause -- */

static void test_pause(void **state)
{
	struct fixture *f = *state;
	g_autofree char *about = NULL;
	struct core core;
	guint32 size;
	const char *note;

	assert_dumps(f, "--pause -q", "core");
	assert_int_equal(fake.run->suspended, 1);
	assert_int_equal(fake.run->resumed, 1);
	core_open(f, "core", &core);
	note = core_find_note(&core, CTL_NOTE_NAME, CTL_NOTE_TYPE, &size);
	about = g_strndup(note, size);
	assert_contains(about, "\npaused=yes\n");
	g_free(core.bytes);

	/* Whoever paused it may want it so. */
	fake.run->paused = TRUE;
	assert_dumps(f, "--pause -F raw " RAM, "memory");
	assert_int_equal(fake.run->suspended, 1);
	assert_int_equal(fake.run->resumed, 1);
	assert_true(fake.run->paused);
}

static void test_pause_failures(void **state)
{
	struct fixture *f = *state;

	fake.gone_after = 3 * MIB;
	assert_dump_fails(f, "--pause -F raw " RAM, "memory", CTL_GONE, "is gone");
	assert_int_equal(fake.run->resumed, 1);
	/* Nobody would be allowed to, whenever he tries. */
	fake.gone_after = G_MAXUINT64;
	fake.resume_error = MFL_ERROR_PERMISSION;
	fake.run->refuses_resume = 1;
	assert_dump_fails(f, "--pause -F raw " RAM, "memory", CTL_PERMISSION,
			  "is left paused; try \"virsh resume");
	/* The dump is whole. */
	assert_true(exists(f, "memory"));
	fake_reset();
	fake.refuses_suspend = TRUE;
	assert_dump_fails(f, "--pause -F raw " RAM, "other", CTL_LIBVIRT, "does not suspend");
	assert_null(strstr(f->err, "paused"));
	assert_int_equal(count_files(f), 1);
}

/* What the process says that memflowctl leaves behind, and that it ends. */
static char *run_and_outlive(struct fixture *f, const char *file, int status, const char *why)
{
	g_autoptr(GString) said = g_string_new(NULL);
	int stderr_before = dup(STDERR_FILENO);
	char piece[256];
	ssize_t n;
	int fds[2];

	assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
	assert_int_equal(dup2(fds[1], STDERR_FILENO), STDERR_FILENO);
	close(fds[1]);
	ctl_pause_patience.interval_ms = 10;
	assert_int_equal(dump(f, "-f -q --pause -F raw " RAM, file), status);
	dup2(stderr_before, STDERR_FILENO);
	close(stderr_before);
	while ((n = read(fds[0], piece, sizeof(piece))) > 0)
		g_string_append_len(said, piece, n);
	close(fds[0]);
	assert_contains(f->err, why);
	return g_string_free(g_steal_pointer(&said), FALSE);
}

static void test_pause_outlived(void **state)
{
	struct fixture *f = *state;
	g_autofree char *later = NULL;
	g_autofree char *never = NULL;
	g_autofree char *not_suspended = NULL;

	/* libvirt restarts; its next word is the one that counts. */
	fake.run->refuses_resume = 3;
	later = run_and_outlive(f, "memory", CTL_LIBVIRT, "background");
	assert_contains(f->err, "virsh resume");
	assert_contains(later, "has been resumed");
	assert_int_equal(fake.run->resumed, 1);
	assert_false(fake.run->paused);
	assert_true(exists(f, "memory"));

	/* Not for ever. */
	fake.run->refuses_resume = G_MAXINT;
	ctl_pause_patience.resume_ms = 100;
	never = run_and_outlive(f, "memory", CTL_LIBVIRT, "background");
	ctl_pause_patience.resume_ms = 600000;
	assert_contains(never, "may be paused; try \"virsh resume");
	assert_true(fake.run->paused);

	/* It was done, and libvirt did not live to say so. */
	fake_reset();
	fake.half_suspends = TRUE;
	fake.run->refuses_resume = 3;
	not_suspended = run_and_outlive(f, "other", CTL_LIBVIRT, "paused all the same");
	assert_contains(f->err, "does not suspend");
	assert_contains(not_suspended, "has been resumed");
	assert_false(fake.run->paused);
}

static void start_process(void)
{
	fake.pid = fork();
	assert_true(fake.pid >= 0);
	if (!fake.pid)
		prctl(PR_SET_PDEATHSIG, SIGKILL);
	while (!fake.pid)
		pause();
}

/* Access that was revoked ends reading as well, and there the domain goes on standing still. */
static void test_pause_gone(void **state)
{
	struct fixture *f = *state;
	g_autofree char *revoked = NULL;
	g_autofree char *gone = NULL;

	start_process();
	fake.gone_after = 3 * MIB;
	fake.run->refuses_resume = 3;
	revoked = run_and_outlive(f, "memory", CTL_GONE, "is gone");
	assert_contains(f->err, "background");
	assert_contains(revoked, "has been resumed");
	assert_false(fake.run->paused);

	fake.gone_after = 3 * MIB;
	fake.ends_process = TRUE;
	fake.run->refuses_resume = 3;
	gone = run_and_outlive(f, "memory", CTL_GONE, "is gone");
	assert_null(strstr(f->err, "resume"));
	assert_string_equal(gone, "");
}

/* ---------------------------------------------------------------- usage -- */

static void test_usage(void **state)
{
	struct fixture *f = *state;

	assert_fails(f, "dump win10", CTL_USAGE, "dump needs DOMAIN FILE");
	assert_dump_fails(f, "--format qcow2", "x", CTL_USAGE, "not \"qcow2\"");
	assert_dump_fails(f, "--range 0-5", "x", CTL_USAGE, "ADDRESS+LENGTH");
	assert_dump_fails(f, "--range 5+0", "x", CTL_USAGE, "empty");
	assert_dump_fails(f, "--range 0xffffffffffffffff+2", "x", CTL_USAGE, "64 bits");
	assert_dump_fails(f, "--range here+2", "x", CTL_USAGE, "address \"here\"");
	assert_dump_fails(f, "--backend magic", "x", CTL_USAGE, "no backend \"magic\"");
	assert_dump_fails(f, "-q --range 6M+1M", "x", CTL_RANGE, "no memory at 0x600000");
	assert_fails(f, "dump off /dev/null", CTL_NOT_RUNNING, "not running");
	assert_fails(f, "dump nobody /dev/null", CTL_NO_DOMAIN, "nobody");
	assert_int_equal(count_files(f), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_raw),		 TEST(test_raw_sparse),
		TEST(test_pipe),	 TEST(test_device),
		TEST(test_elf),		 TEST(test_elf_vmcoreinfo),
		TEST(test_compress),	 TEST(test_checksum),
		TEST(test_exists),	 TEST(test_fifo),
		TEST(test_fifo_swapped), TEST(test_terminal),
		TEST(test_gone),	 TEST(test_keep_partial),
		TEST(test_unplugged),	 TEST(test_interrupt),
		TEST(test_interrupt_blocked),
		TEST(test_closed_pipe),	 TEST(test_pause),
		TEST(test_pause_failures), TEST(test_pause_outlived),
		TEST(test_pause_gone),	 TEST(test_usage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
