// SPDX-License-Identifier: MIT
/* memflowctl watch: what it tells of nodes that come and go, and of what libvirt says. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include "exit-status.h"
#include "fake-library.h"
#include "fixture.h"
#include "memflow.h"

#define UUID "6a9a4c64-71f9-4b3a-9d5c-2d1a9f0c7e01"

static void make_file(const char *dir, const char *name, const char *contents)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);
	g_autofree char *parent = g_path_get_dirname(path);

	g_assert_cmpint(g_mkdir_with_parents(parent, 0755), ==, 0);
	g_assert_true(g_file_set_contents_full(path, contents, -1, G_FILE_SET_CONTENTS_NONE, 0600,
					       NULL));
}

/* As the module does it: sysfs first, the node last. */
static void publish(struct fixture *f, const char *name, const char *pid)
{
	g_autofree char *vm = g_build_filename(f->dir, "class/memflow/memflow-vm0", NULL);
	g_autofree char *uevent =
		g_strdup_printf("MAJOR=1\nMINOR=2\nDEVNAME=" MEMFLOW_NODE_DIR "/%s\n", name);
	g_autofree char *node = g_strdup_printf(MEMFLOW_NODE_DIR "/%s", name);

	make_file(vm, "name", name);
	make_file(vm, "uuid", UUID "\n");
	make_file(vm, "pid", pid);
	make_file(vm, "readonly", "1\n");
	make_file(vm, "uevent", uevent);
	make_file(f->dir, node, "");
}

/* And the other way round; sysfs is left behind, for as long as that takes. */
static void unpublish(struct fixture *f, const char *name)
{
	g_autofree char *path = g_build_filename(f->dir, MEMFLOW_NODE_DIR, name, NULL);

	g_assert_cmpint(g_unlink(path), ==, 0);
}

/* ------------------------------------------------------- what it has told -- */

static int output[2];
static GString *told;

/* Reads until the last line has all of @words. */
static void expect(const char *event, const char *part)
{
	g_autofree char *between = g_strdup_printf("%s%s", *event ? " " : "", event);
	char byte;

	for (;;) {
		const char *line = strrchr(told->str, '\n');

		g_assert_cmpint(read(output[0], &byte, 1), ==, 1);
		if (byte != '\n') {
			g_string_append_c(told, byte);
			continue;
		}
		line = line ? line + 1 : told->str;
		if (!strstr(line, between) || !strstr(line, part))
			g_error("expected \"%s\" with \"%s\", told: %s", event, part, told->str);
		g_string_append_c(told, byte);
		return;
	}
}

typedef void (*Story)(struct fixture *f);
static Story story;

static gpointer tell_story(gpointer data)
{
	story(data);
	kill(getpid(), SIGTERM);
	return NULL;
}

static void watch(struct fixture *f, const char *line, Story what)
{
	GThread *thread;
	sigset_t term, before;
	int status;

	assert_int_equal(pipe(output), 0);
	told = g_string_new(NULL);
	f->out_to = fdopen(output[1], "w");
	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	/* The thread of the story is not to take it. */
	pthread_sigmask(SIG_BLOCK, &term, &before);
	fake_events_open();
	story = what;
	thread = g_thread_new("story", tell_story, f);
	status = run(f, line);
	g_clear_pointer(&thread, g_thread_join);
	assert_int_equal(status, CTL_OK);
	assert_string_equal(f->err, "");
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	fclose(f->out_to);
	f->out_to = NULL;
	close(output[0]);
	g_string_free(told, TRUE);
}

/* ---------------------------------------------------------------- stories -- */

/* The watch has begun when the first of libvirt's events is told. */
static void come_and_go(struct fixture *f)
{
	fake_tell(MFL_EVENT_RUNNING, "other", "u-other", NULL);
	fake_tell(MFL_EVENT_CONNECTED, NULL, NULL, NULL);
	expect("libvirt-connected", "qemu:///system");
	fake_tell(MFL_EVENT_STARTED, "win10", UUID, "booted");
	expect("started win10", "booted");
	publish(f, "win10", "4711\n");
	expect("attached win10", MEMFLOW_NODE_DIR "/win10 (pid 4711, ro)");
	unpublish(f, "win10");
	expect("detached win10", "pid 4711");
	fake_tell(MFL_EVENT_STOPPED, "win10", UUID, "crashed");
	expect("stopped win10", "crashed");
	/* The same name again, in a directory that has gone and come. */
	publish(f, "win10", "4712\n");
	expect("attached win10", "pid 4712");
}

static void test_come_and_go(void **state)
{
	watch(*state, "watch", come_and_go);
}

static void restart_of_libvirt(struct fixture *f)
{
	(void)f;
	fake_tell(MFL_EVENT_RUNNING, "stays", "u-1", NULL);
	fake_tell(MFL_EVENT_RUNNING, "goes", "u-2", NULL);
	fake_tell(MFL_EVENT_CONNECTED, NULL, NULL, NULL);
	expect("libvirt-connected", "");
	/* Seen already. */
	fake_tell(MFL_EVENT_STARTED, "stays", "u-1", "booted");
	fake_tell(MFL_EVENT_DISCONNECTED, NULL, NULL, "libvirt has ended");
	expect("libvirt-disconnected", "libvirt has ended");
	fake_tell(MFL_EVENT_RUNNING, "stays", "u-1", NULL);
	fake_tell(MFL_EVENT_RUNNING, "evil\x1b[2J", "u-3", NULL);
	fake_tell(MFL_EVENT_CONNECTED, NULL, NULL, NULL);
	expect("libvirt-connected", "");
	expect("stopped goes", "while libvirt was away");
	expect("started evil\\x1b[2J", "while libvirt was away");
}

static void test_restart_of_libvirt(void **state)
{
	watch(*state, "watch", restart_of_libvirt);
}

static void nodes_alone(struct fixture *f)
{
	expect("attached win10", "pid 4711");
	publish(f, "other", "4712\n");
	expect("detached win10", "pid 4711");
	expect("attached other", "pid 4712");
}

/* As the fake sysfs has room for one, the other takes its place. */
static void test_nodes_alone(void **state)
{
	struct fixture *f = *state;

	publish(f, "win10", "4711\n");
	watch(f, "watch --existing --no-libvirt", nodes_alone);
}

static void as_json(struct fixture *f)
{
	g_autoptr(JsonParser) parser = json_parser_new();
	JsonObject *object;

	expect("", "\"event\":\"attached\"");
	g_assert_true(json_parser_load_from_data(parser, told->str, -1, NULL));
	object = json_node_get_object(json_parser_get_root(parser));
	g_assert_cmpstr(json_object_get_string_member(object, "name"), ==, "win10");
	g_assert_cmpint(json_object_get_int_member(object, "pid"), ==, 4711);
	g_assert_true(json_object_get_boolean_member(object, "readonly"));
	g_assert_true(json_object_get_null_member(object, "detail"));
	(void)f;
}

static void test_json(void **state)
{
	struct fixture *f = *state;

	publish(f, "win10", "4711\n");
	watch(f, "watch -e -j", as_json);
}

static void test_failures(void **state)
{
	struct fixture *f = *state;

	assert_fails(f, "watch --uri xen:///", CTL_USAGE, "no URI");
	assert_fails(f, "watch everything", CTL_USAGE, "no operands");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_come_and_go), TEST(test_restart_of_libvirt), TEST(test_nodes_alone),
		TEST(test_json),	TEST(test_failures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
