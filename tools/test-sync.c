// SPDX-License-Identifier: MIT
/*
 * memflowctl sync, on a host with an emulated module: domains as the fake library has them, their
 * processes and nodes as fakehost.c does.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <json-glib/json-glib.h>

#include "core/device.h"
#include "core/fakehost.h"
#include "exit-status.h"
#include "fake-library.h"
#include "fixture.h"

#define WIN10 "6a9a4c64-71f9-4b3a-9d5c-2d1a9f0c7e01"
#define LAB1  "6a9a4c64-71f9-4b3a-9d5c-2d1a9f0c7e05"
#define METADATA(content)                                                                          \
	"<metadata><m:access xmlns:m='urn:memflow-libvirt:domain:1' " content "/></metadata>"

static FakeHost *host;
static FakeVm *win10;

static void set_policy(struct fixture *f, const char *text)
{
	/* Group "memflow" need not be on this machine. */
	g_autofree char *whole = g_strconcat("[defaults]\ngroup=4711\n", text, NULL);

	assert_true(g_file_set_contents(f->policy_file, whole, -1, NULL));
}

static int setup(void **state)
{
	struct fixture *f;

	fixture_setup(state);
	f = *state;
	host = fake_host_new();
	f->env = host->env;
	win10 = fake_vm_start(host, "win10", WIN10, 4711);
	set_policy(f, "");
	return 0;
}

static int teardown(void **state)
{
	fake_host_free(host);
	return fixture_teardown(state);
}

static void assert_idle(struct fixture *f, const char *line)
{
	assert_succeeds(f, line);
	assert_string_equal(f->out, "nothing to do\n");
}

static void test_attaches(void **state)
{
	struct fixture *f = *state;
	FakeVm *lab1;

	fake.more = TRUE;
	lab1 = fake_vm_start(host, "lab-1", LAB1, 4714);
	assert_succeeds(f, "sync --dry-run");
	assert_contains(f->out, "would attach win10: ");
	assert_contains(f->out, "would attach lab-1: ");
	assert_null(win10->node);

	assert_succeeds(f, "sync");
	assert_contains(f->out, "attached win10: ");
	assert_contains(f->out, "memflow-vms/win10 (pid 4711, group 4711, mode 0660)\n");
	assert_string_equal(win10->node, "win10");
	assert_string_equal(win10->note, "4711 0660");
	assert_string_equal(lab1->node, "lab-1");
	assert_idle(f, "sync");
	assert_idle(f, "sync --strict");
	assert_idle(f, "sync -n");
}

static void test_leaves_alone(void **state)
{
	struct fixture *f = *state;

	set_policy(f, "attach=no\n");
	assert_idle(f, "sync");
	set_policy(f, "");
	fake.content = METADATA("attach='no'");
	assert_idle(f, "sync");
	fake.content = METADATA("atach='no'");
	assert_idle(f, "sync");
	fake.content = NULL;
	fake.type = "qemu";
	assert_idle(f, "sync");
	assert_null(win10->node);
}

static void test_policy_changes(void **state)
{
	struct fixture *f = *state;

	assert_succeeds(f, "sync");
	set_policy(f, "mode=0640\n");
	assert_succeeds(f, "sync --dry-run");
	assert_contains(f->out, "would replace win10: ");
	assert_string_equal(win10->note, "4711 0660");
	assert_succeeds(f, "sync");
	assert_contains(f->out, "replaced win10: ");
	assert_contains(f->out, "mode 0640); the policy has changed");
	assert_string_equal(win10->note, "4711 0640");
	assert_idle(f, "sync");

	fake.content = METADATA("readonly='yes'");
	assert_succeeds(f, "sync");
	assert_true(win10->node_readonly);
	assert_idle(f, "sync");

	set_policy(f, "[domain:win*]\nattach=no\n");
	assert_succeeds(f, "sync");
	assert_contains(f->out, "detached win10: attach=no in ");
	assert_contains(f->out, "[domain:win*]");
	assert_null(win10->node);
	assert_idle(f, "sync");
}

/* As "memflowctl attach --group --mode" does. */
static void attach_by_hand(gid_t gid, mode_t mode)
{
	const MflPublication publication = {
		.name = "win10",
		.uuid = WIN10,
		.gid = gid,
		.mode = mode,
	};
	g_autoptr(MflProcess) process = mfl_process_open_in(&host->env, win10->pid, NULL);

	assert_non_null(process);
	assert_true(mfl_device_publish(process, &publication, NULL));
}

/* What somebody attached by hand is his, but for what the host forbids. */
static void test_by_hand(void **state)
{
	struct fixture *f = *state;

	fake_vm_publish(win10, FALSE);
	assert_idle(f, "sync");
	set_policy(f, "attach=no\n");
	assert_succeeds(f, "sync");
	assert_contains(f->out, "kept win10: it was attached by hand, though attach=no in ");
	assert_non_null(win10->node);
	assert_succeeds(f, "sync --strict");
	assert_contains(f->out, "detached win10: ");
	assert_null(win10->node);

	fake_vm_publish(win10, FALSE);
	set_policy(f, "attach=never\n");
	assert_succeeds(f, "sync");
	assert_contains(f->out, "detached win10: attach=never in ");
	assert_null(win10->node);

	fake_vm_publish(win10, FALSE);
	set_policy(f, "readonly=yes\n");
	assert_succeeds(f, "sync");
	assert_contains(f->out, "replaced win10: ");
	assert_contains(f->out, "readonly=yes in ");
	assert_true(win10->node_readonly);
	assert_idle(f, "sync");

	/* Less than the policy gives is somebody's wish; --strict makes it the policy's. */
	fake_vm_unpublish(win10);
	fake_vm_publish(win10, TRUE);
	set_policy(f, "");
	assert_idle(f, "sync");
	assert_succeeds(f, "sync --strict");
	assert_false(win10->node_readonly);
	assert_idle(f, "sync --strict");
}

/* The host's "readonly" holds for such nodes, too, and gives nobody more than they had. */
static void test_by_hand_readonly(void **state)
{
	struct fixture *f = *state;

	attach_by_hand(1234, 0602);
	set_policy(f, "attach=no\nreadonly=yes\n[domain:win*]\ngroup=no-such-group\n");
	assert_succeeds(f, "sync --dry-run");
	assert_contains(f->out, "would replace win10: ");
	assert_succeeds(f, "sync");
	assert_contains(f->out, "replaced win10: ");
	assert_contains(f->out, "(pid 4711, group 1234, mode 0400, read-only); readonly=yes in ");
	assert_true(win10->node_readonly);
	assert_int_equal(win10->node_gid, 1234);
	assert_int_equal(win10->node_mode, 0400);
	/* It is by hand as it was. */
	assert_null(win10->note);
	assert_succeeds(f, "sync");
	assert_contains(f->out, "kept win10: it was attached by hand, though attach=no in ");
	set_policy(f, "readonly=yes\n");
	assert_idle(f, "sync");
	assert_succeeds(f, "sync --strict");
	assert_string_equal(win10->note, "4711 0660");
}

/* What the domain alone wishes is not the host's word. */
static void test_by_hand_metadata(void **state)
{
	struct fixture *f = *state;

	attach_by_hand(1234, 0600);
	fake.content = METADATA("readonly='yes'");
	assert_idle(f, "sync");
	assert_false(win10->node_readonly);
	fake.content = METADATA("attach='no' readonly='yes'");
	assert_succeeds(f, "sync");
	assert_contains(f->out, "kept win10: ");
	assert_false(win10->node_readonly);
	fake.content = METADATA("readonly='yes'");
	assert_succeeds(f, "sync --strict");
	assert_true(win10->node_readonly);
}

static void test_nodes_of_nobody(void **state)
{
	struct fixture *f = *state;
	FakeVm *session = fake_vm_start(host, "alpine", FAKE_UUID_A, 4713);
	FakeVm *stale = fake_vm_start(host, "old", FAKE_UUID_B, 4720);

	assert_succeeds(f, "sync");
	/* A running domain, but none of the system's libvirt. */
	fake_vm_publish(session, FALSE);
	assert_succeeds(f, "sync --strict");
	assert_contains(f->out, "kept alpine: it is no domain of qemu:///system");
	assert_non_null(session->node);
	fake_vm_unpublish(session);

	/* Its pid is another process's: that the policy made it is what tells. */
	fake_vm_publish(stale, FALSE);
	fake_host_write(host, "proc/4720/cmdline", "sleep\0001", 7);
	assert_succeeds(f, "sync");
	assert_contains(f->out, "kept old: it was attached by hand");
	assert_non_null(stale->node);
	stale->note = g_strdup("4711 0660");
	assert_succeeds(f, "sync -n");
	assert_contains(f->out, "would remove old: its process 4720 is another's now");
	assert_non_null(stale->node);
	assert_succeeds(f, "sync");
	assert_contains(f->out, "removed old: ");
	assert_null(stale->node);

	/* Or there is no such process, whoever made it. */
	fake_vm_publish(stale, FALSE);
	close(stale->exit_pipe[1]);
	stale->exit_pipe[1] = -1;
	assert_succeeds(f, "sync");
	assert_contains(f->out, "removed old: its process 4720 is gone");
	assert_null(stale->node);
	assert_idle(f, "sync");
}

/* The QEMU of the former run is gone, its node is not; the domain runs again. */
static void test_restarted(void **state)
{
	struct fixture *f = *state;
	FakeVm *former = fake_vm_start(host, "win10", WIN10, 4700);

	fake_vm_publish(former, FALSE);
	fake_host_write(host, "run/libvirt/qemu/win10.pid", "4711\n", -1);
	close(former->exit_pipe[1]);
	former->exit_pipe[1] = -1;
	assert_succeeds(f, "sync");
	assert_contains(f->out, "removed win10: its process 4700 is gone");
	assert_contains(f->out, "attached win10: ");
	assert_null(former->node);
	assert_non_null(win10->node);
	assert_idle(f, "sync");
}

static void test_failures(void **state)
{
	struct fixture *f = *state;

	set_policy(f, "mode=0777\n");
	assert_fails(f, "sync", CTL_FAILURE, "policy.conf:3: ");
	set_policy(f, "");
	host->control_errno = EACCES;
	assert_fails(f, "sync --dry-run", CTL_PERMISSION, "run as root");
	host->control_errno = ENOENT;
	assert_fails(f, "sync", CTL_MODULE, "modprobe");
	host->control_errno = 0;
	fake.error = MFL_ERROR_LIBVIRT;
	assert_fails(f, "sync", CTL_LIBVIRT, "the fake fails");
	assert_null(win10->node);
	fake.error = 0;

	set_policy(f, "[domain:win*]\ngroup=no-such-group\n");
	assert_fails(f, "sync", CTL_FAILURE, "domain \"win10\": ");
	assert_contains(f->err, "no-such-group");
	set_policy(f, "");
	fake.xml_error = MFL_ERROR_TIMEOUT;
	assert_fails(f, "sync", CTL_TIMEOUT, "domain \"win10\": there is no XML");
	/* What has stopped meanwhile is no failure. */
	fake.xml_error = MFL_ERROR_NOT_FOUND;
	assert_idle(f, "sync");
	fake.xml_error = 0;
	win10->attach_errno = EOPNOTSUPP;
	assert_fails(f, "sync", CTL_UNSUPPORTED, "confidential");
	assert_fails(f, "sync everything", CTL_USAGE, "no operands");
}

static void set_pid_file(const char *text)
{
	if (text)
		fake_host_write(host, "run/libvirt/qemu/win10.pid", text, -1);
	else
		fake_host_remove(host, "run/libvirt/qemu/win10.pid");
}

/* Lost, of no process, of another process: that the domain has stopped is for libvirt to say. */
static const char *const bad_pid_files[] = { NULL, "4999\n", "4714\n" };

static void test_attach_without_pid(void **state)
{
	struct fixture *f = *state;

	fake_vm_start(host, "lab-1", LAB1, 4714);
	for (guint i = 0; i < G_N_ELEMENTS(bad_pid_files); i++) {
		set_pid_file(bad_pid_files[i]);
		fake.stopped = FALSE;
		assert_fails(f, "sync", CTL_FAILURE, "domain \"win10\": it runs, and its process");
		fake.stopped = TRUE;
		assert_idle(f, "sync");
	}
	assert_null(win10->node);
}

/* Its node knows its process: a domain that runs does not lose it. */
static void test_replace_without_pid(void **state)
{
	static const char *const modes[] = { "0600", "0640", "0644" };
	struct fixture *f = *state;

	fake_vm_start(host, "lab-1", LAB1, 4714);
	assert_succeeds(f, "sync");
	for (guint i = 0; i < G_N_ELEMENTS(bad_pid_files); i++) {
		g_autofree char *policy = g_strdup_printf("mode=%s\n", modes[i]);
		g_autofree char *note = g_strdup_printf("4711 %s", modes[i]);

		set_pid_file(bad_pid_files[i]);
		set_policy(f, policy);
		assert_succeeds(f, "sync");
		assert_contains(f->out, "replaced win10: ");
		assert_string_equal(win10->note, note);
	}
}

/* Between the plan and its step: the check opens the control device, taking away does again. */
static gboolean stop_at_second(FakeHost *unused, const char *path)
{
	static guint n_opened;

	(void)unused;
	if (g_str_has_suffix(path, "/dev/memflow") && ++n_opened == 2)
		fake_vm_stop(win10);
	return TRUE;
}

static void test_stops_meanwhile(void **state)
{
	struct fixture *f = *state;

	assert_succeeds(f, "sync");
	set_policy(f, "mode=0640\n");
	host->before_open = stop_at_second;
	assert_idle(f, "sync");
	assert_false(win10->running);
}

static JsonObject *parse(JsonParser *parser, const char *text)
{
	assert_true(json_parser_load_from_data(parser, text, -1, NULL));
	return json_node_get_object(json_parser_get_root(parser));
}

/* Nothing is known of the domain but that it is there: so its node is not nobody's. */
static void test_no_xml(void **state)
{
	struct fixture *f = *state;
	g_autoptr(JsonParser) parser = json_parser_new();
	JsonArray *domains;

	fake_vm_publish(win10, FALSE);
	fake.xml_error = MFL_ERROR_TIMEOUT;
	assert_fails(f, "sync", CTL_TIMEOUT, "domain \"win10\": there is no XML");
	assert_int_equal(run(f, "sync --json"), CTL_TIMEOUT);
	domains = json_object_get_array_member(parse(parser, f->out), "domains");
	assert_int_equal(json_array_get_length(domains), 1);
	assert_non_null(win10->node);
}

static void test_json(void **state)
{
	struct fixture *f = *state;
	g_autoptr(JsonParser) parser = json_parser_new();
	JsonObject *root, *first;
	JsonArray *domains;

	assert_succeeds(f, "sync --json");
	root = parse(parser, f->out);
	assert_false(json_object_get_boolean_member(root, "dry_run"));
	domains = json_object_get_array_member(root, "domains");
	assert_int_equal(json_array_get_length(domains), 1);
	first = json_array_get_object_element(domains, 0);
	assert_string_equal(json_object_get_string_member(first, "name"), "win10");
	assert_string_equal(json_object_get_string_member(first, "action"), "attach");
	assert_true(json_object_get_boolean_member(first, "done"));
	assert_int_equal(json_object_get_int_member(first, "pid"), 4711);
	assert_succeeds(f, "sync --json");
	assert_contains(f->out, "\"none\"");
}

#define SYNC_TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SYNC_TEST(test_attaches),      SYNC_TEST(test_leaves_alone),
		SYNC_TEST(test_policy_changes), SYNC_TEST(test_by_hand),
		SYNC_TEST(test_by_hand_readonly), SYNC_TEST(test_by_hand_metadata),
		SYNC_TEST(test_nodes_of_nobody), SYNC_TEST(test_restarted),
		SYNC_TEST(test_failures),      SYNC_TEST(test_attach_without_pid),
		SYNC_TEST(test_replace_without_pid), SYNC_TEST(test_stops_meanwhile),
		SYNC_TEST(test_no_xml),	       SYNC_TEST(test_json),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
