/* SPDX-License-Identifier: MIT */
/* Who is attached, and what is left on a node that the policy made. */
#include "verdict.h"

#include "by-policy.h"
#include "fakehost.h"
#include "test-helpers.h"

#define XML(type, content)                                                          \
	"<domain type='" type "'><name>win10</name><uuid>" FAKE_UUID_A "</uuid>"    \
	content "</domain>"
#define METADATA(content)                                                           \
	"<metadata><m:access xmlns:m='" MFL_POLICY_METADATA_NS "' " content "/></metadata>"

static MflPolicy *load(FakeHost *host, const char *text)
{
	g_autofree char *path = g_build_filename(host->root, "policy.conf", NULL);
	g_autoptr(GError) error = NULL;
	MflPolicy *policy;

	/* Group "memflow" need not be on this machine. */
	fake_host_write(host, "policy.conf", text, -1);
	policy = mfl_policy_load(path, "win10", FAKE_UUID_A, &error);
	assert_no_error(error);
	return policy;
}

static void assert_verdict(FakeHost *host, const char *text, const char *xml, MflVerdict expected,
			   const char *why)
{
	g_autoptr(MflPolicy) policy = load(host, text);
	g_autoptr(GError) error = NULL;
	g_autoptr(MflDomainXml) domain = mfl_domain_xml_parse(xml, strlen(xml), &error);
	g_autofree char *reason = NULL;

	assert_no_error(error);
	assert_int_equal(mfl_verdict_reach(policy, domain, &reason), expected);
	assert_int_equal(reason != NULL, why != NULL);
	if (why && (!reason || !strstr(reason, why)))
		fail_msg("\"%s\" does not name \"%s\"", reason ? reason : "", why);
}

static void test_verdicts(void **state)
{
	g_autoptr(FakeHost) host = fake_host_new();

	(void)state;
	assert_verdict(host, "", XML("kvm", ""), MFL_VERDICT_ATTACH, NULL);
	assert_verdict(host, "[domain:w*]\nattach=no\n", XML("kvm", ""), MFL_VERDICT_POLICY,
		       "policy.conf [domain:w*]");
	assert_verdict(host, "", XML("kvm", METADATA("attach='no'")), MFL_VERDICT_POLICY,
		       "metadata");
	assert_verdict(host, "", XML("kvm", METADATA("atach='no'")), MFL_VERDICT_MISTAKE, "atach");
	assert_verdict(host, "[defaults]\nmetadata=ignore\n", XML("kvm", METADATA("atach='no'")),
		       MFL_VERDICT_ATTACH, NULL);
	assert_verdict(host, "[defaults]\nattach=no\nmetadata=full\n",
		       XML("kvm", METADATA("attach='yes'")), MFL_VERDICT_ATTACH, NULL);
	assert_verdict(host, "[defaults]\nattach=never\nmetadata=full\n",
		       XML("kvm", METADATA("attach='yes'")), MFL_VERDICT_POLICY, "never");
	assert_verdict(host, "", XML("qemu", ""), MFL_VERDICT_TYPE, "'qemu'");
	assert_verdict(host, "", XML("kvm", "<launchSecurity type='sev'/>"),
		       MFL_VERDICT_CONFIDENTIAL, "'sev'");
}

static void test_publish(void **state)
{
	g_autoptr(FakeHost) host = fake_host_new();
	g_autoptr(MflPolicy) policy = load(host, "[defaults]\ngroup=4711\nmode=0640\n");
	g_autoptr(MflPolicy) other = load(host, "[defaults]\ngroup=4711\nmode=0600\n");
	g_autoptr(MflPolicy) readonly =
		load(host, "[defaults]\ngroup=4711\nmode=0640\nreadonly=yes\n");
	g_autoptr(MflPublished) published = NULL;
	g_autoptr(GError) error = NULL;
	gboolean fits;
	FakeVm *vm;

	(void)state;
	assert_int_equal(mfl_by_policy_publish(&host->env, "win10", FAKE_UUID_A, policy, &error), 0);
	assert_mfl_error(error, MFL_ERROR_NOT_RUNNING, "win10");

	vm = fake_vm_start(host, "win10", FAKE_UUID_A, 100);
	assert_int_equal(mfl_by_policy_publish(&host->env, "win10", FAKE_UUID_A, policy, &error),
			 100);
	assert_string_equal(vm->note, "4711 0640");
	published = mfl_published_find_in(&host->env, "win10");
	assert_true(mfl_published_is_running(&host->env, published));
	assert_true(mfl_by_policy_is(&host->env, published));
	assert_true(mfl_by_policy_fits(&host->env, published, policy, &fits, &error));
	assert_true(fits);
	assert_true(mfl_by_policy_fits(&host->env, published, other, &fits, &error));
	assert_false(fits);
	assert_true(mfl_by_policy_fits(&host->env, published, readonly, &fits, &error));
	assert_false(fits);

	/* Who is there already is not taken over. */
	fake_vm_unpublish(vm);
	fake_vm_publish(vm, FALSE);
	assert_int_equal(mfl_by_policy_publish(&host->env, "win10", FAKE_UUID_A, policy, &error),
			 100);
	assert_null(vm->note);
	assert_false(mfl_by_policy_is(&host->env, published));
	assert_true(mfl_by_policy_fits(&host->env, published, policy, &fits, &error));
	assert_false(fits);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_verdicts),
		cmocka_unit_test(test_publish),
	};

	return cmocka_run_group_tests_name("verdict", tests, NULL, NULL);
}
