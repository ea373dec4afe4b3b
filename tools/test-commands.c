// SPDX-License-Identifier: MIT
/*
 * Whole commands, from the argument vector to the output, with a library that
 * needs no kernel module (fake-library.c). Outputs that are data are compared with
 * golden files; MFL_REGENERATE_GOLDEN=1 in the environment writes them anew.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include "core/policy.h"
#include "exit-status.h"
#include "fake-library.h"
#include "fixture.h"
#include "memflow.h"
#include "memflowctl.h"

/* What a terminal would obey, and a right-to-left override. */
#define EVIL "evil\x1b[2J\\\u202e\xc2\x9b" /* NOLINT(misc-misleading-bidirectional) */

/* ---------------------------------------------------------------- usage -- */

static void test_usage(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(run(f, ""), CTL_USAGE);
	assert_int_equal(f->out_size, 0);
	assert_contains(f->err, "Commands:");
	assert_fails(f, "lits", CTL_USAGE, "no command \"lits\"");
	assert_fails(f, "info", CTL_USAGE, "info needs DOMAIN");
	assert_fails(f, "info a b", CTL_USAGE, "no more than DOMAIN");
	assert_fails(f, "list win10", CTL_USAGE, "no more than no operands");
	assert_fails(f, "list --color", CTL_USAGE, "--color");
	assert_fails(f, "help nothing", CTL_USAGE, "no command \"nothing\"");
	assert_fails(f, "info 'caf\xe9'", CTL_USAGE, "UTF-8");
}

static void test_help(void **state)
{
	static const char *const names[] = { "list",   "info",   "read", "dump", "write",  "attach",
					     "detach", "wait",   "doctor", "version", "help" };
	struct fixture *f = *state;

	assert_succeeds(f, "help");
	for (guint i = 0; i < G_N_ELEMENTS(names); i++)
		assert_contains(f->out, names[i]);
	assert_succeeds(f, "--help");
	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *option = g_strdup_printf("%s --help", names[i]);
		g_autofree char *command = g_strdup_printf("help %s", names[i]);
		g_autofree char *usage = g_strdup_printf("memflowctl %s", names[i]);
		g_autofree char *text = NULL;

		assert_succeeds(f, option);
		assert_contains(f->out, usage);
		text = g_strdup(f->out);
		assert_succeeds(f, command);
		assert_string_equal(f->out, text);
	}
}

/* ----------------------------------------------------------- list, info -- */

static void test_list(void **state)
{
	struct fixture *f = *state;

	assert_succeeds(f, "list");
	assert_golden(f, "list.txt");
	assert_null(strchr(f->out, '\x1b'));
	assert_succeeds(f, "list --uri qemu:///session");
	assert_contains(f->out, "alpine");
	assert_null(strstr(f->out, "win10"));
	assert_int_equal(run(f, "list --uri test:///default"), 0);
	assert_int_equal(f->out_size, 0);
	assert_contains(f->err, "no domain is running");
	fake.error = MFL_ERROR_LIBVIRT;
	assert_fails(f, "list", CTL_LIBVIRT, "the fake fails");
}

static const char *get_string(JsonArray *array, guint i, const char *key)
{
	return json_object_get_string_member(json_array_get_object_element(array, i), key);
}

static void test_list_json(void **state)
{
	struct fixture *f = *state;
	g_autoptr(JsonParser) parser = json_parser_new();
	JsonArray *array;

	assert_succeeds(f, "list --json");
	assert_golden(f, "list.json");
	/* A terminal sees nothing of it, a program gets every byte. */
	for (size_t i = 0; i < f->out_size; i++)
		assert_false(g_ascii_iscntrl(f->out[i]) && f->out[i] != '\n');
	assert_null(strstr(f->out, "\xc2\x9b"));
	assert_true(json_parser_load_from_data(parser, f->out, -1, NULL));
	array = json_object_get_array_member(json_node_get_object(json_parser_get_root(parser)),
					     "domains");
	assert_int_equal(json_array_get_length(array), 3);
	assert_string_equal(get_string(array, 1, "name"), EVIL);
}

static void test_info(void **state)
{
	struct fixture *f = *state;

	assert_succeeds(f, "info win10");
	assert_golden(f, "info.txt");
	assert_string_equal(fake.opened, "win10 auto ro");
	assert_succeeds(f, "info --json win10");
	assert_golden(f, "info.json");
	assert_succeeds(f, "info 6a9a4c64-71f9-4b3a-9d5c-2d1a9f0c7e01 --backend kmod");
	assert_string_equal(fake.opened, "6a9a4c64-71f9-4b3a-9d5c-2d1a9f0c7e01 kmod ro");
	assert_fails(f, "info win11", CTL_NO_DOMAIN, "win11");
	assert_fails(f, "info --backend magic win10", CTL_USAGE, "no backend \"magic\"");
}

/* What cannot be opened is described all the same, unless a backend was named. */
static void test_info_closed(void **state)
{
	struct fixture *f = *state;

	assert_succeeds(f, "info alpine");
	assert_golden(f, "info-closed.txt");
	assert_succeeds(f, "info --json alpine");
	assert_golden(f, "info-closed.json");
	assert_fails(f, "info --backend node alpine", CTL_PERMISSION, "permission denied");
	assert_succeeds(f, "info --json off");
	assert_golden(f, "info-off.json");
	assert_fails(f, "info --backend auto off", CTL_NOT_RUNNING, "not running");
}

/* Why it is opened in this way, and not in those that are quicker. */
static void test_info_without_module(void **state)
{
	struct fixture *f = *state;

	fake.without_module = TRUE;
	assert_succeeds(f, "info alpine");
	assert_golden(f, "info-procmem.txt");
	assert_succeeds(f, "info --json alpine");
	assert_golden(f, "info-procmem.json");
}

/* ----------------------------------------------------------------- read -- */

static void test_read(void **state)
{
	struct fixture *f = *state;

	assert_succeeds(f, "read win10 0x1000 40");
	assert_golden(f, "read.txt");
	assert_string_equal(fake.opened, "win10 auto ro");
	assert_succeeds(f, "read win10 0 0");
	assert_int_equal(f->out_size, 0);
	assert_fails(f, "read win10 0x1000", CTL_USAGE, "read needs");
	assert_fails(f, "read win10 here 40", CTL_USAGE, "address \"here\"");
	assert_fails(f, "read win10 0x1000 long", CTL_USAGE, "length \"long\"");
	assert_fails(f, "read win10 0xffffffffffffffff 2", CTL_USAGE, "64 bits");
	assert_fails(f, "read --holes maybe win10 0 1", CTL_USAGE, "maybe");
	assert_fails(f, "read off 0 1", CTL_NOT_RUNNING, "not running");
}

static void assert_raw(struct fixture *f, guint64 gpa, guint64 length)
{
	assert_int_equal(f->out_size, length);
	for (guint64 i = 0; i < length; i++)
		if ((guint8)f->out[i] != fake_byte(gpa + i))
			fail_msg("byte %" G_GUINT64_FORMAT " differs", i);
}

static void test_read_raw(void **state)
{
	struct fixture *f = *state;

	assert_succeeds(f, "read --raw win10 0x1234 77");
	assert_raw(f, 0x1234, 77);
	/* More than one piece, the last one of a crooked size. */
	assert_succeeds(f, "read --raw win10 0x100001 3000001");
	assert_raw(f, 0x100001, 3000001);
	assert_true(fake.chunk <= MIB);
}

static void test_read_dump_pieces(void **state)
{
	struct fixture *f = *state;

	assert_succeeds(f, "read win10 1M 0x100010");
	assert_int_equal(f->out_size, 0x10001UL * 68);
	assert_contains(f->out, "\n001ffff0: ");
	assert_contains(f->out, "\n00200000: ");
}

static void test_read_holes(void **state)
{
	struct fixture *f = *state;

	assert_fails(f, "read win10 0x9fff0 32", CTL_RANGE, "no memory at 0xa0000");
	assert_contains(f->err, "0x100000-0x4fffff\n");
	assert_contains(f->err, "(read-only)");
	assert_contains(f->err, "--holes=zero");
	assert_fails(f, "read --holes=fail --raw win10 0xa0000 32", CTL_RANGE, "at 0xa0000");

	assert_succeeds(f, "read --raw --holes=zero win10 0x9fff0 0x60020");
	assert_int_equal(f->out_size, 0x60020);
	for (guint i = 0; i < 0x60020; i++) {
		guint64 gpa = 0x9fff0 + i;
		guint8 expected = gpa < FAKE_LOW_END || gpa >= FAKE_HIGH ? fake_byte(gpa) : 0;

		if ((guint8)f->out[i] != expected)
			fail_msg("byte at 0x%x differs", (guint)gpa);
	}
	assert_succeeds(f, "read --raw --holes=zero win10 0x100000000 16");
	assert_memory_equal(f->out, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16);
	/* The last byte that there can be. */
	assert_succeeds(f, "read --raw --holes=zero win10 0xffffffffffffffff 1");
	assert_int_equal(f->out_size, 1);
	assert_int_equal(f->out[0], 0);
}

/* The layout that was looked at first is not the one that is read. */
static void test_read_unplugged(void **state)
{
	struct fixture *f = *state;

	fake.shrunk = TRUE;
	assert_succeeds(f, "read --raw --holes=zero win10 0 0xa0000");
	assert_int_equal(f->out_size, FAKE_LOW_END);
	assert_int_equal((guint8)f->out[FAKE_LOW_END / 2 - 1], fake_byte(FAKE_LOW_END / 2 - 1));
	for (guint64 i = FAKE_LOW_END / 2; i < FAKE_LOW_END; i++)
		assert_int_equal(f->out[i], 0);
	assert_fails(f, "read --raw win10 0 0xa0000", CTL_RANGE, "no memory any more");
}

static void test_read_gone(void **state)
{
	struct fixture *f = *state;

	fake.gone_after = 2 * MIB;
	assert_int_equal(run(f, "read --raw win10 1M 3M"), CTL_GONE);
	assert_contains(f->err, "stopped after 2097152 bytes");
	assert_raw(f, 0x100000, 2 * MIB);

	/* In the midst of a hole, where nothing is read from the domain. */
	fake.gone_after = 0;
	assert_fails(f, "read --raw --holes=zero win10 5M 3M", CTL_GONE, "\"win10\" has stopped");
}

static void test_read_to_file(void **state)
{
	struct fixture *f = *state;
	g_autofree char *path = g_build_filename(f->dir, "memory", NULL);
	g_autofree char *line = g_strdup_printf("read -o '%s' win10 1M 2M", path);
	g_autofree char *nowhere = g_strdup_printf("read -o '%s/no/memory' win10 1M 2M", f->dir);
	g_autofree char *hole = g_strdup_printf("read -o '%s-hole' win10 0xa0000 1", path);
	g_autofree char *hole_path = g_strdup_printf("%s-hole", path);
	g_autofree char *contents = NULL;
	struct stat st;
	gsize length;

	assert_succeeds(f, line);
	assert_int_equal(f->out_size, 0);
	assert_true(g_file_get_contents(path, &contents, &length, NULL));
	assert_int_equal(length, 2 * MIB);
	assert_int_equal((guint8)contents[77], fake_byte(0x100000 + 77));
	assert_int_equal(g_stat(path, &st), 0);
	assert_int_equal(st.st_mode & 077, 0);
	assert_fails(f, nowhere, CTL_FAILURE, "cannot create");
	assert_fails(f, hole, CTL_RANGE, "0xa0000");
	assert_false(g_file_test(hole_path, G_FILE_TEST_EXISTS));
	assert_fails(f, "read -o /dev/full win10 1M 2M", CTL_FAILURE, "No space left");
}

static void test_read_terminal(void **state)
{
	struct fixture *f = *state;
	int controller = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);

	if (controller < 0 || grantpt(controller) || unlockpt(controller))
		skip();
	f->out_to = fopen(ptsname(controller), "we");
	assert_non_null(f->out_to);
	assert_fails(f, "read --raw win10 0 16", CTL_USAGE, "terminal");
	assert_succeeds(f, "read win10 0 16");
	fclose(f->out_to);
	close(controller);
}

static void test_closed_pipe(void **state)
{
	struct fixture *f = *state;
	int fds[2];

	signal(SIGPIPE, SIG_IGN);
	assert_int_equal(pipe(fds), 0);
	close(fds[0]);
	f->out_to = fdopen(fds[1], "w");
	assert_int_equal(run(f, "read --raw win10 1M 3M"), CTL_FAILURE);
	assert_int_equal(f->err_size, 0);
	assert_int_equal(run(f, "list"), CTL_FAILURE);
	assert_int_equal(f->err_size, 0);
	fclose(f->out_to);
	signal(SIGPIPE, SIG_DFL);

	f->out_to = fopen("/dev/full", "we");
	assert_fails(f, "list --json", CTL_FAILURE, "cannot write to standard output");
	fclose(f->out_to);
}

/* ---------------------------------------------------------------- write -- */

static void test_write(void **state)
{
	struct fixture *f = *state;

	assert_succeeds(f, "write win10 0x1000 --hex 'de ad be ef'");
	assert_string_equal(fake.written, "0x1000 4 deadbeef");
	assert_string_equal(fake.opened, "win10 auto rw");
	assert_fails(f, "write win10 0x1000 --hex 'de a'", CTL_USAGE, "two digits");
	assert_fails(f, "write win10 0x1000 --hex ''", CTL_USAGE, "no bytes");
	assert_fails(f, "write win10 0x1000 --hex 00 --file x", CTL_USAGE, "not both");
	assert_fails(f, "write win10 0xffff0000 --hex 00", CTL_READONLY, "ROM");
	assert_fails(f, "write win10 0xa0000 --hex 00", CTL_RANGE, "no memory");
	assert_fails(f, "write 6a9a4c64-71f9-4b3a-9d5c-2d1a9f0c7e02 0 --hex 00", CTL_READONLY,
		     "read-only");
	assert_string_equal(fake.written, "0x1000 4 deadbeef");
	assert_succeeds(f, "write -b kmod 6a9a4c64-71f9-4b3a-9d5c-2d1a9f0c7e02 0 --hex 00");
	assert_string_equal(fake.written, "0x0 1 00");
	/* The name that the library quotes in its message is hostile. */
	/* NOLINTNEXTLINE(misc-misleading-bidirectional) */
	assert_fails(f, "write '" EVIL "' 0 --hex 00", CTL_READONLY, "evil\\x1b");
	assert_null(strchr(f->err, '\x1b'));
}

static void test_write_streams(void **state)
{
	struct fixture *f = *state;
	g_autofree char *path = g_build_filename(f->dir, "patch", NULL);
	g_autofree char *from_file = g_strdup_printf("write win10 1M --file '%s'", path);
	g_autofree char *zeros = g_malloc0(3 << 20);

	assert_true(g_file_set_contents(path, zeros, 3 << 20, NULL));
	assert_succeeds(f, from_file);
	assert_string_equal(fake.written, "0x100000 3145728 0000000000000000");
	f->in = fmemopen((char[]){ "hello" }, 5, "r");
	assert_succeeds(f, "write win10 16");
	assert_string_equal(fake.written, "0x10 5 68656c6c6f");
	fclose(f->in);
	f->in = NULL;
	assert_fails(f, "write win10 16", CTL_USAGE, "no bytes");
	assert_fails(f, "write win10 16 --file /nonexistent/file", CTL_FAILURE, "cannot open");
	assert_fails(f, "write win10 16 --file /", CTL_FAILURE, "directory");
}

/* ------------------------------------------------------- attach, detach -- */

static void test_attach(void **state)
{
	struct fixture *f = *state;

	assert_succeeds(f, "attach alpine");
	assert_string_equal(f->out, "/dev/memflow-vms/alpine\n");
	assert_string_equal(fake.published, "alpine memflow 0660 rw");
	assert_succeeds(f, "attach alpine --group analysts --mode 0440 --readonly");
	assert_string_equal(fake.published, "alpine analysts 0440 ro");
	assert_fails(f, "attach alpine --mode 0777", CTL_USAGE, "0666");
	assert_fails(f, "attach nobody", CTL_NO_DOMAIN, "nobody");
	fake.error = MFL_ERROR_NO_MODULE;
	assert_fails(f, "attach alpine", CTL_MODULE, "the fake fails");
}

static void set_policy(struct fixture *f, const char *text)
{
	assert_true(g_file_set_contents(f->policy_file, text, -1, NULL));
}

static void test_attach_policy(void **state)
{
	struct fixture *f = *state;

	set_policy(f, "[defaults]\ngroup=vmi\nmode=0600\nreadonly=yes\nattach=no\n");
	assert_succeeds(f, "attach alpine");
	assert_string_equal(fake.published, "alpine vmi 0600 ro");
	assert_succeeds(f, "attach alpine --mode 0");
	assert_string_equal(fake.published, "alpine vmi 0000 ro");

	set_policy(f, "[domain:alp*]\nattach=never\n");
	fake_reset();
	assert_fails(f, "attach alpine", CTL_PERMISSION, "attach=never");
	assert_contains(f->err, "[domain:alp*]");
	assert_null(fake.published);
	assert_succeeds(f, "attach win10");

	set_policy(f, "[defaults]\ngruop=vmi\n");
	fake_reset();
	assert_fails(f, "attach alpine", CTL_FAILURE, "gruop");
	assert_null(fake.published);

	/* A group that does not exist is wrong usage only where it was asked for. */
	set_policy(f, "[defaults]\ngroup=vmi\n");
	fake.publish_error = MFL_ERROR_INVALID;
	assert_fails(f, "attach alpine", CTL_FAILURE, "\"vmi\"");
	assert_fails(f, "attach alpine --group analysts", CTL_USAGE, "\"analysts\"");
}

static void test_detach(void **state)
{
	struct fixture *f = *state;

	assert_succeeds(f, "detach win10");
	assert_string_equal(fake.unpublished, "win10");
	assert_succeeds(f, "detach --revoke win10");
	assert_string_equal(fake.unpublished, "win10 revoke");
	assert_fails(f, "detach alpine", CTL_NO_DOMAIN, "no node");
}

/* ----------------------------------------------------------------- wait -- */

static void test_wait(void **state)
{
	struct fixture *f = *state;

	assert_succeeds(f, "wait win10");
	assert_string_equal(fake.opened, "win10 node ro");
	assert_fails(f, "wait off --timeout 0", CTL_TIMEOUT, "not running");
	assert_fails(f, "wait nobody --timeout 0.01", CTL_TIMEOUT, "nobody");
	assert_fails(f, "wait win10 --timeout=-2", CTL_USAGE, "--timeout");
	assert_fails(f, "wait win10 --timeout=-1", CTL_USAGE, "--timeout");
	assert_fails(f, "wait win10 --timeout nan", CTL_USAGE, "--timeout");
	assert_fails(f, "wait win10 --timeout soon", CTL_USAGE, "soon");
}

/* What may yet change is waited for, even where it looks hopeless; the rest is said at once. */
static void test_wait_for_what(void **state)
{
	static const int may_come[] = { MFL_ERROR_NOT_FOUND, MFL_ERROR_NOT_RUNNING,
					MFL_ERROR_PERMISSION, MFL_ERROR_NO_MODULE, MFL_ERROR_GONE,
					MFL_ERROR_LIBVIRT, MFL_ERROR_UNSUPPORTED };
	struct fixture *f = *state;

	for (guint i = 0; i < G_N_ELEMENTS(may_come); i++) {
		fake.error = may_come[i];
		assert_fails(f, "wait win10 --timeout 0", CTL_TIMEOUT, "the fake fails");
	}
	fake.error = MFL_ERROR_ABI;
	assert_fails(f, "wait win10", CTL_MODULE, "the fake fails");
	fake.error = MFL_ERROR_AMBIGUOUS;
	assert_fails(f, "wait win10", CTL_NO_DOMAIN, "the fake fails");
}

static gboolean looks_reach(int n)
{
	gint64 end = g_get_monotonic_time() + 60 * (gint64)G_USEC_PER_SEC;

	while (g_atomic_int_get(&fake.looks) < n) {
		if (g_get_monotonic_time() > end)
			return FALSE;
		g_usleep(1000);
	}
	return TRUE;
}

/* As behind a libvirtd that hangs. */
static void test_wait_keeps_its_time(void **state)
{
	struct fixture *f = *state;

	fake.hangs_until = eventfd(0, EFD_CLOEXEC);
	assert_fails(f, "wait win10 --timeout 0.1", CTL_TIMEOUT, "has not answered");
	assert_int_equal(g_atomic_int_get(&fake.looks), 0);
	assert_int_equal(eventfd_write(fake.hangs_until, 1), 0);
	assert_true(looks_reach(1));
	close(fake.hangs_until);
}

/* What the kernel does to /dev when a domain is published, one step per look. */
static gpointer publish_slowly(gpointer data)
{
	struct fixture *f = data;
	g_autofree char *dir = g_build_filename(f->dir, MEMFLOW_NODE_DIR, NULL);
	g_autofree char *node = g_build_filename(dir, "late", NULL);
	gboolean ok = TRUE;

	ok = ok && looks_reach(1) && g_mkdir(dir, 0755) == 0;
	ok = ok && looks_reach(2) && g_file_set_contents(node, "", 0, NULL);
	ok = ok && looks_reach(3);
	g_atomic_int_set(&fake.error, 0);
	ok = ok && g_chmod(node, 0660) == 0;
	return GINT_TO_POINTER(ok);
}

static void test_wait_for_node(void **state)
{
	struct fixture *f = *state;
	GThread *thread;
	int status;

	fake.error = MFL_ERROR_NOT_FOUND;
	thread = g_thread_new("publish", publish_slowly, f);
	status = run(f, "wait win10 --timeout 60");
	assert_true(GPOINTER_TO_INT(g_thread_join(thread)));
	assert_int_equal(status, 0);
	assert_int_equal(f->err_size, 0);
}

/* -------------------------------------------------------------- version -- */

static guint64 module_features;

static int module_open(const char *path, int flags)
{
	(void)path;
	return open("/dev/null", flags | O_CLOEXEC);
}

static int module_ioctl(int fd, unsigned long request, void *argument)
{
	struct memflow_version *version = argument;

	(void)fd;
	if (request != MEMFLOW_IOC_VERSION)
		return -1;
	version->abi = 3;
	version->features = module_features;
	return 0;
}

static void test_version(void **state)
{
	struct fixture *f = *state;
	g_autofree char *dir = g_build_filename(f->dir, "module", "memflow", NULL);
	g_autofree char *version = g_build_filename(dir, "version", NULL);

	assert_succeeds(f, "version");
	assert_contains(f->out, "memflowctl " MFL_VERSION "\nlibmemflow-libvirt 9.8.7\n");
	assert_contains(f->out, "not loaded; load it with");
	assert_succeeds(f, "version --json");
	assert_contains(f->out, "\"loaded\" : false");

	assert_int_equal(g_mkdir_with_parents(dir, 0755), 0);
	assert_true(g_file_set_contents(version, "7.7\n", -1, NULL));
	assert_succeeds(f, "--version");
	assert_contains(f->out, "memflow 7.7, interface unknown");
	assert_succeeds(f, "version --json");
	assert_contains(f->out, "\"abi\" : null");

	f->env.open = module_open;
	f->env.ioctl = module_ioctl;
	module_features = MEMFLOW_FEATURE_PUBLISH | MEMFLOW_FEATURE_TRANSFER | 1ULL << 40;
	assert_succeeds(f, "version");
	assert_contains(f->out, "memflow 7.7, interface 3 (publish transfer bit40)\n");
	assert_succeeds(f, "version --json");
	assert_contains(f->out, "\"abi\" : 3");
	assert_contains(f->out, "\"transfer\"");
}

/* As on a host where only a node is for us. */
static int node_open(const char *path, int flags)
{
	return strstr(path, MEMFLOW_NODE_DIR) ? module_open(path, flags) : no_open(path, flags);
}

static void make_file(const char *dir, const char *name, const char *contents)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);
	g_autofree char *parent = g_path_get_dirname(path);

	assert_int_equal(g_mkdir_with_parents(parent, 0755), 0);
	assert_true(g_file_set_contents(path, contents, -1, NULL));
}

static void test_version_by_node(void **state)
{
	struct fixture *f = *state;
	g_autofree char *vm = g_build_filename(f->dir, "class", "memflow", "memflow-vm0", NULL);

	make_file(f->dir, "module/memflow/version", "7.7\n");
	make_file(f->dir, MEMFLOW_NODE_DIR "/win10", "");
	make_file(vm, "name", "win10\n");
	make_file(vm, "uuid", "6a9a4c64-71f9-4b3a-9d5c-2d1a9f0c7e01\n");
	make_file(vm, "pid", "4711\n");
	make_file(vm, "readonly", "0\n");
	make_file(vm, "uevent", "MAJOR=1\nMINOR=2\nDEVNAME=" MEMFLOW_NODE_DIR "/win10\n");
	f->env.open = node_open;
	f->env.ioctl = module_ioctl;
	module_features = 0;
	assert_succeeds(f, "version");
	assert_contains(f->out, "memflow 7.7, interface 3 ()");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_usage),	   TEST(test_help),
		TEST(test_list),	   TEST(test_list_json),
		TEST(test_info),	   TEST(test_info_closed),
		TEST(test_info_without_module),
		TEST(test_read),	   TEST(test_read_raw),
		TEST(test_read_dump_pieces), TEST(test_read_holes),
		TEST(test_read_unplugged), TEST(test_read_gone),
		TEST(test_read_to_file),   TEST(test_read_terminal),
		TEST(test_closed_pipe),	   TEST(test_write),
		TEST(test_write_streams),  TEST(test_attach),
		TEST(test_attach_policy),  TEST(test_detach),
		TEST(test_wait),	   TEST(test_wait_for_node),
		TEST(test_wait_keeps_its_time),
		TEST(test_wait_for_what),
		TEST(test_version),	   TEST(test_version_by_node),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
