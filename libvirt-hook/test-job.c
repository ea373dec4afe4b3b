/* SPDX-License-Identifier: MIT */
/* The work on an event, on an emulated host: what is published, logged and reported. */
#include "job.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "fakehost.h"
#include "log.h"
#include "policy.h"
#include "report.h"
#include "test-helpers.h"

#define PID 100

typedef struct {
	FakeHost *host;
	HookConfig config;
	char *policy;
	char *journal_path;
	int journal;
	int reports[2];
	HookReport policy_report; /* the last one */
	HookReport result;
	GString *log;
} Fixture;

static gboolean yes(void)
{
	return TRUE;
}

static gboolean no(void)
{
	return FALSE;
}

static int setup(void **state)
{
	Fixture *fixture = g_new0(Fixture, 1);
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	fixture->host = fake_host_new();
	fixture->policy = g_build_filename(fixture->host->root, "policy.conf", NULL);
	fixture->journal_path = g_build_filename(fixture->host->root, "journal", NULL);
	fixture->log = g_string_new(NULL);
	g_strlcpy(address.sun_path, fixture->journal_path, sizeof(address.sun_path));
	fixture->journal = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	assert_int_equal(bind(fixture->journal, (struct sockaddr *)&address, sizeof(address)), 0);
	assert_int_equal(pipe2(fixture->reports, O_CLOEXEC | O_NONBLOCK), 0);
	fixture->config = (HookConfig){
		.env = &fixture->host->env,
		.policy_path = fixture->policy,
		.is_system_daemon = yes,
	};
	/* Group "memflow" need not be on this machine. */
	assert_true(g_file_set_contents(fixture->policy, "[defaults]\ngroup=4711\n", -1, NULL));
	*state = fixture;
	return 0;
}

static int teardown(void **state)
{
	Fixture *fixture = *state;

	close(fixture->journal);
	close(fixture->reports[0]);
	close(fixture->reports[1]);
	g_remove(fixture->journal_path);
	g_remove(fixture->policy);
	fake_host_free(fixture->host);
	g_free(fixture->journal_path);
	g_free(fixture->policy);
	g_string_free(fixture->log, TRUE);
	g_free(fixture);
	return 0;
}

/* "<PRIORITY> MESSAGE\n" of each line */
static void read_log(Fixture *fixture)
{
	char record[8192] = "";

	g_string_truncate(fixture->log, 0);
	while (recv(fixture->journal, record, sizeof(record), 0) > 0) {
		guint64 length;
		const char *priority;

		assert_int_equal(memcmp(record, "MESSAGE\n", 8), 0);
		memcpy(&length, record + 8, sizeof(length));
		length = GUINT64_FROM_LE(length);
		priority = record + 16 + length + 1;
		assert_int_equal(memcmp(priority, "PRIORITY\n", 9), 0);
		g_string_append_printf(fixture->log, "<%c> %.*s\n", priority[9 + 8], (int)length,
				       record + 16);
	}
}

static void run_input(Fixture *fixture, HookAction action, const char *name,
		      const HookInput *input)
{
	const HookEvent event = { .name = name, .action = action };
	HookReport report;
	int n_results = 0;

	hook_log_init(fixture->journal_path, NULL);
	hook_log_set_domain(name, NULL);
	memset(&fixture->policy_report, 0, sizeof(fixture->policy_report));
	hook_job_run(&fixture->config, &event, input, fixture->reports[1]);
	while (hook_report_receive(fixture->reports[0], &report) == 1) {
		if (report.kind == HOOK_REPORT_POLICY) {
			fixture->policy_report = report;
		} else {
			fixture->result = report;
			n_results++;
		}
	}
	assert_int_equal(n_results, 1);
	read_log(fixture);
}

static void run(Fixture *fixture, HookAction action, const char *xml)
{
	HookInput input = { .xml = (char *)xml, .length = strlen(xml) };

	run_input(fixture, action, "win10", &input);
}

#define XML(type, uuid, content) \
	"<domain type='" type "'><name>win10</name><uuid>" uuid "</uuid>" content "</domain>"
#define METADATA(content)                                                             \
	"<metadata><m:access xmlns:m='" MFL_POLICY_METADATA_NS "' " content \
	"/></metadata>"
#define PLAIN XML("kvm", FAKE_UUID_A, "")

static void set_policy(Fixture *fixture, const char *text)
{
	g_autofree char *full = g_strconcat("[defaults]\ngroup=4711\n", text, NULL);

	assert_true(g_file_set_contents(fixture->policy, full, -1, NULL));
}

static void assert_logged(Fixture *fixture, int priority, const char *part)
{
	g_auto(GStrv) lines = g_strsplit(fixture->log->str, "\n", -1);

	for (gsize i = 0; lines[i]; i++) {
		if (lines[i][0] == '<' && lines[i][1] == '0' + priority && strstr(lines[i], part))
			return;
	}
	fail_msg("no \"%s\" of priority %d in: %s", part, priority, fixture->log->str);
}

static void assert_one_line(Fixture *fixture)
{
	if (!fixture->log->len || strchr(fixture->log->str, '\n') !=
					  fixture->log->str + fixture->log->len - 1)
		fail_msg("not one line: %s", fixture->log->str);
}

static void assert_done(Fixture *fixture)
{
	if (fixture->result.kind != HOOK_REPORT_DONE)
		fail_msg("not done: %s", fixture->result.reason);
}

static void assert_failed(Fixture *fixture, int priority, const char *part)
{
	assert_int_equal(fixture->result.kind, HOOK_REPORT_FAILED);
	if (!strstr(fixture->result.reason, part))
		fail_msg("\"%s\" does not name \"%s\"", fixture->result.reason, part);
	assert_logged(fixture, priority, part);
	assert_one_line(fixture);
}

static void test_attach(void **state)
{
	Fixture *fixture = *state;
	FakeVm *vm = fake_vm_start(fixture->host, "win10", FAKE_UUID_A, PID);

	run(fixture, HOOK_ATTACH, PLAIN);
	assert_done(fixture);
	assert_string_equal(vm->node, "win10");
	assert_false(vm->node_readonly);
	assert_false(fixture->policy_report.required);
	assert_logged(fixture, LOG_NOTICE, "win10: attached, pid 100, ");
	assert_logged(fixture, LOG_NOTICE, "/memflow-vms/win10 (group 4711, mode 0660)");
	assert_one_line(fixture);

	/* once more, as after a restart of libvirtd */
	run(fixture, HOOK_ATTACH, PLAIN);
	assert_done(fixture);
	assert_string_equal(vm->node, "win10");
}

static void test_attach_readonly(void **state)
{
	Fixture *fixture = *state;
	FakeVm *vm = fake_vm_start(fixture->host, "win10", FAKE_UUID_A, PID);

	set_policy(fixture, "mode=0440\n");
	run(fixture, HOOK_ATTACH, XML("kvm", FAKE_UUID_A, METADATA("readonly='yes'")));
	assert_done(fixture);
	assert_non_null(vm->node);
	assert_true(vm->node_readonly);
	assert_logged(fixture, LOG_NOTICE, "(group 4711, mode 0440, read-only)");
}

static void test_not_a_kvm_domain(void **state)
{
	Fixture *fixture = *state;
	FakeVm *vm = fake_vm_start(fixture->host, "win10", FAKE_UUID_A, PID);

	run(fixture, HOOK_ATTACH, XML("qemu", FAKE_UUID_A, ""));
	assert_failed(fixture, LOG_DEBUG, "'qemu'");
	run(fixture, HOOK_ATTACH, XML("kvm", FAKE_UUID_A, "<launchSecurity type='sev'/>"));
	assert_failed(fixture, LOG_INFO, "confidential");
	assert_null(vm->node);
}

static void test_policy_says_no(void **state)
{
	Fixture *fixture = *state;
	FakeVm *vm = fake_vm_start(fixture->host, "win10", FAKE_UUID_A, PID);

	set_policy(fixture, "[domain:win*]\nattach=no\n");
	run(fixture, HOOK_ATTACH, PLAIN);
	assert_failed(fixture, LOG_INFO, "[domain:win*]");
	set_policy(fixture, "[uuid:" FAKE_UUID_A "]\nattach=never\n");
	run(fixture, HOOK_ATTACH, PLAIN);
	assert_failed(fixture, LOG_INFO, "attach=never");
	set_policy(fixture, "");
	run(fixture, HOOK_ATTACH, XML("kvm", FAKE_UUID_A, METADATA("attach='no'")));
	assert_failed(fixture, LOG_INFO, "metadata");
	run(fixture, HOOK_ATTACH, XML("kvm", FAKE_UUID_A, METADATA("atach='no'")));
	assert_failed(fixture, LOG_WARNING, "atach");
	assert_null(vm->node);
}

static void test_metadata_ignored(void **state)
{
	Fixture *fixture = *state;
	FakeVm *vm = fake_vm_start(fixture->host, "win10", FAKE_UUID_A, PID);

	set_policy(fixture, "metadata=ignore\n");
	run(fixture, HOOK_ATTACH, XML("kvm", FAKE_UUID_A, METADATA("atach='no'")));
	assert_done(fixture);
	assert_non_null(vm->node);
}

static void test_broken_policy(void **state)
{
	Fixture *fixture = *state;
	FakeVm *vm = fake_vm_start(fixture->host, "win10", FAKE_UUID_A, PID);

	set_policy(fixture, "required=yes\nmode=0777\n");
	run(fixture, HOOK_ATTACH, PLAIN);
	assert_failed(fixture, LOG_ERR, "policy.conf:4: ");
	assert_false(fixture->policy_report.required);
	set_policy(fixture, "group=no-such-group\n");
	run(fixture, HOOK_ATTACH, PLAIN);
	assert_failed(fixture, LOG_WARNING, "group=no-such-group");
	assert_null(vm->node);
}

static void test_required(void **state)
{
	Fixture *fixture = *state;

	set_policy(fixture, "required=yes\ntimeout=7\n");
	run(fixture, HOOK_ATTACH, PLAIN);
	assert_failed(fixture, LOG_ERR, "pid of domain");
	assert_logged(fixture, LOG_ERR, "the policy requires it");
	assert_true(fixture->policy_report.required);
	assert_int_equal(fixture->policy_report.timeout, 7000);

	/* known before anything of the XML went wrong */
	run(fixture, HOOK_ATTACH, "<domain");
	assert_failed(fixture, LOG_ERR, "refused");
	assert_logged(fixture, LOG_ERR, "the policy requires it");
	assert_true(fixture->policy_report.required);

	/* by UUID only, and not */
	set_policy(fixture, "required=yes\n[uuid:" FAKE_UUID_A "]\nrequired=no\n");
	run(fixture, HOOK_ATTACH, PLAIN);
	assert_false(fixture->policy_report.required);
}

static void test_other_process(void **state)
{
	Fixture *fixture = *state;
	FakeVm *vm;

	run(fixture, HOOK_ATTACH, PLAIN);
	assert_failed(fixture, LOG_WARNING, "pid of domain \"win10\"");

	/* The pid file is another domain's. */
	vm = fake_vm_start(fixture->host, "win10", FAKE_UUID_B, PID);
	run(fixture, HOOK_ATTACH, PLAIN);
	assert_failed(fixture, LOG_WARNING, "process 100");
	assert_null(vm->node);

	fake_vm_stop(vm);
	run(fixture, HOOK_ATTACH, PLAIN);
	assert_int_equal(fixture->result.kind, HOOK_REPORT_FAILED);
}

static void test_no_module(void **state)
{
	Fixture *fixture = *state;

	fake_vm_start(fixture->host, "win10", FAKE_UUID_A, PID);
	fixture->host->control_errno = ENOENT;
	run(fixture, HOOK_ATTACH, PLAIN);
	assert_failed(fixture, LOG_WARNING, "modprobe memflow");
}

static void test_wrong_input(void **state)
{
	static const HookInput empty = { .xml = NULL };
	static const HookInput large = { .xml = NULL, .mistake = "it is larger than 16 MiB" };
	const HookInput cut_off = { .xml = (char *)PLAIN, .length = 20, .cut_off = TRUE };
	const HookInput unclosed = { .xml = (char *)PLAIN, .length = strlen(PLAIN),
				     .cut_off = TRUE };
	Fixture *fixture = *state;
	FakeVm *vm = fake_vm_start(fixture->host, "win10", FAKE_UUID_A, PID);

	run_input(fixture, HOOK_ATTACH, "win10", &empty);
	assert_failed(fixture, LOG_WARNING, "empty");
	run_input(fixture, HOOK_ATTACH, "win10", &large);
	assert_failed(fixture, LOG_WARNING, "larger than 16 MiB");
	run_input(fixture, HOOK_ATTACH, "win10", &cut_off);
	assert_failed(fixture, LOG_WARNING, "not closed in time");
	run_input(fixture, HOOK_ATTACH, "win1", &unclosed);
	assert_failed(fixture, LOG_WARNING, "domain \"win10\"");
	run_input(fixture, HOOK_ATTACH, "win\xff", &unclosed);
	assert_failed(fixture, LOG_WARNING, "not UTF-8");
	assert_null(vm->node);
	run_input(fixture, HOOK_ATTACH, "win10", &unclosed);
	assert_done(fixture);
	assert_non_null(vm->node);
}

static void test_session_daemon(void **state)
{
	Fixture *fixture = *state;
	FakeVm *vm = fake_vm_start(fixture->host, "win10", FAKE_UUID_A, PID);

	set_policy(fixture, "required=yes\n");
	fixture->config.is_system_daemon = no;
	run(fixture, HOOK_ATTACH, PLAIN);
	assert_done(fixture);
	assert_logged(fixture, LOG_INFO, "session daemon");
	assert_false(fixture->policy_report.required);
	run(fixture, HOOK_DETACH, PLAIN);
	assert_done(fixture);
	assert_int_equal(fixture->log->len, 0);
	assert_null(vm->node);
}

static void test_detach(void **state)
{
	Fixture *fixture = *state;
	FakeVm *other = fake_vm_start(fixture->host, "win1", FAKE_UUID_A, 200);
	FakeVm *vm = fake_vm_start(fixture->host, "win10", FAKE_UUID_A, PID);
	g_autofree char *cmdline = g_strdup_printf("proc/%d/cmdline", PID);

	fake_vm_publish(other, FALSE);
	fake_vm_publish(vm, FALSE);

	/* It runs (was started again): it keeps its node. */
	run(fixture, HOOK_DETACH, PLAIN);
	assert_done(fixture);
	assert_non_null(vm->node);
	assert_logged(fixture, LOG_DEBUG, "is running");

	/* Another UUID: not this domain's. */
	run(fixture, HOOK_DETACH, XML("kvm", FAKE_UUID_B, ""));
	assert_done(fixture);
	assert_non_null(vm->node);

	/* Its pid is another process's by now, and the node is still there. */
	fake_host_write(fixture->host, cmdline, "sleep\0001", 7);
	run(fixture, HOOK_DETACH, PLAIN);
	assert_done(fixture);
	assert_null(vm->node);
	assert_logged(fixture, LOG_NOTICE, "of process 100");

	/* nothing left to do */
	run(fixture, HOOK_DETACH, PLAIN);
	assert_done(fixture);
	assert_int_equal(fixture->log->len, 0);
	assert_non_null(other->node);
}

static void test_detach_failures(void **state)
{
	Fixture *fixture = *state;
	g_autofree char *cmdline = g_strdup_printf("proc/%d/cmdline", PID);

	run(fixture, HOOK_DETACH, PLAIN);
	assert_done(fixture);
	run(fixture, HOOK_DETACH, "<domain");
	assert_done(fixture);
	assert_logged(fixture, LOG_WARNING, "refused");

	fake_vm_publish(fake_vm_start(fixture->host, "win10", FAKE_UUID_A, PID), FALSE);
	fake_host_write(fixture->host, cmdline, "sleep\0001", 7);
	fixture->host->control_errno = EACCES;
	run(fixture, HOOK_DETACH, PLAIN);
	assert_done(fixture);
	assert_logged(fixture, LOG_WARNING, "cannot remove");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_attach),
		TEST(test_attach_readonly),
		TEST(test_not_a_kvm_domain),
		TEST(test_policy_says_no),
		TEST(test_metadata_ignored),
		TEST(test_broken_policy),
		TEST(test_required),
		TEST(test_other_process),
		TEST(test_no_module),
		TEST(test_wrong_input),
		TEST(test_session_daemon),
		TEST(test_detach),
		TEST(test_detach_failures),
	};

	return cmocka_run_group_tests_name("job", tests, NULL, NULL);
}
