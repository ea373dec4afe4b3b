// SPDX-License-Identifier: MIT
/*
 * The host. What may hang (a directory service behind the group database, a bus) is asked in a
 * thread that is left behind when it does.
 */
#include "world.h"

#include <gio/gio.h>
#include <grp.h>
#include <pwd.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "core/bounded.h"
#include "core/policy.h"
#include "memflow-libvirt.h"

#define PATIENCE_MS 5000

void doctor_domain_free(struct doctor_domain *domain)
{
	g_free(domain->name);
	g_free(domain->uuid);
	g_free(domain);
}

/* ------------------------------------------------------------ in bounded time -- */

typedef struct {
	char *text;
	gid_t gid;
	enum doctor_answer answer;
	gint64 time;
} Question;

static void question_free(gpointer data)
{
	Question *question = data;

	g_free(question->text);
	g_free(question);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Question, question_free)

/* NULL: no answer came in time. */
static Question *ask(void (*run)(gpointer data), const char *text, gid_t gid)
{
	Question *question = g_new0(Question, 1);

	question->text = g_strdup(text);
	question->gid = gid;
	question->answer = DOCTOR_NO;
	if (mfl_bounded_run(run, question, question_free, -1, PATIENCE_MS) != MFL_BOUNDED_DONE)
		return NULL;
	return question;
}

/* --------------------------------------------------------------------- groups -- */

static void find_group_run(gpointer data)
{
	Question *question = data;
	const MflPolicy policy = { .group = question->text, .group_from = question->text };

	if (mfl_policy_get_gid(&policy, &question->gid, NULL))
		question->answer = DOCTOR_YES;
}

static enum doctor_answer find_group(const char *name, gid_t *gid)
{
	g_autoptr(Question) question = ask(find_group_run, name, 0);

	if (!question)
		return DOCTOR_NOT_KNOWN;
	*gid = question->gid;
	return question->answer;
}

static void is_member_run(gpointer data)
{
	Question *question = data;
	const struct passwd *user = getpwnam(question->text); /* NOLINT(concurrency-mt-unsafe) */
	g_autofree gid_t *groups = NULL;
	int n = 64;

	if (!user)
		return;
	groups = g_new(gid_t, n);
	while (getgrouplist(question->text, user->pw_gid, groups, &n) < 0)
		groups = g_renew(gid_t, groups, n);
	for (int i = 0; i < n; i++)
		if (groups[i] == question->gid)
			question->answer = DOCTOR_YES;
}

static enum doctor_answer is_member(const char *user, gid_t gid)
{
	g_autoptr(Question) question = ask(is_member_run, user, gid);

	return question ? question->answer : DOCTOR_NOT_KNOWN;
}

/* -------------------------------------------------------------------- systemd -- */

static void get_unit_change_run(gpointer data)
{
	Question *question = data;
	g_autoptr(GDBusConnection) bus = g_bus_get_sync(G_BUS_TYPE_SYSTEM, NULL, NULL);
	g_autoptr(GVariant) unit = NULL;
	g_autoptr(GVariant) reply = NULL;
	g_autoptr(GVariant) value = NULL;
	const char *path;

	if (!bus)
		return;
	unit = g_dbus_connection_call_sync(
		bus, "org.freedesktop.systemd1", "/org/freedesktop/systemd1",
		"org.freedesktop.systemd1.Manager", "GetUnit", g_variant_new("(s)", question->text),
		G_VARIANT_TYPE("(o)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, PATIENCE_MS, NULL, NULL);
	if (!unit)
		return;
	g_variant_get(unit, "(&o)", &path);
	reply = g_dbus_connection_call_sync(
		bus, "org.freedesktop.systemd1", path, "org.freedesktop.DBus.Properties", "Get",
		g_variant_new("(ss)", "org.freedesktop.systemd1.Unit", "StateChangeTimestamp"),
		G_VARIANT_TYPE("(v)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, PATIENCE_MS, NULL, NULL);
	if (!reply)
		return;
	g_variant_get(reply, "(v)", &value);
	if (g_variant_is_of_type(value, G_VARIANT_TYPE_UINT64))
		question->time = (gint64)g_variant_get_uint64(value);
}

/* Through active and reloading, so it tells of a reload, too: systemd 252, src/core/unit.c,
 * unit_notify(). */
static gint64 get_unit_change(const char *unit)
{
	g_autofree char *name = g_strconcat(unit, ".service", NULL);
	g_autoptr(Question) question = ask(get_unit_change_run, name, 0);

	return question ? question->time : 0;
}

/* -------------------------------------------------------------------- libvirt -- */

static GPtrArray *list_domains(const char *uri, GError **error)
{
	g_autoptr(GPtrArray) found = mfl_domain_list(uri, error);
	GPtrArray *list;

	if (!found)
		return NULL;
	list = g_ptr_array_new_with_free_func((GDestroyNotify)doctor_domain_free);
	for (guint i = 0; i < found->len; i++) {
		MflDomain *domain = g_ptr_array_index(found, i);
		struct doctor_domain *entry = g_new0(struct doctor_domain, 1);

		entry->name = g_strdup(mfl_domain_get_name(domain));
		entry->uuid = g_strdup(mfl_domain_get_uuid(domain));
		g_ptr_array_add(list, entry);
	}
	return list;
}

/* ----------------------------------------------------------------- who we are -- */

/* Out of the user database, unlike $HOME. NULL: that does not answer. */
static void get_user_run(gpointer data)
{
	Question *question = data;

	question->text = g_strdup(g_get_user_name());
}

static const char *get_user(void)
{
	static char *name;
	g_autoptr(Question) question = name ? NULL : ask(get_user_run, NULL, 0);

	if (question)
		name = g_steal_pointer(&question->text);
	return name;
}

static const gid_t *get_groups(guint *n)
{
	static gid_t groups[65537];
	int count = getgroups(G_N_ELEMENTS(groups) - 1, groups);

	count = MAX(count, 0);
	groups[count++] = getegid();
	*n = (guint)count;
	return groups;
}

const struct doctor_world *doctor_world_host(const MflEnv *env, const char *policy_file)
{
	static struct utsname name;
	static struct doctor_world host = {
		.root = "",
		.hook_dir = CTL_HOOK_DIR,
		.plugin_dir = CTL_PLUGIN_DIR,
		.bin_dir = CTL_BIN_DIR,
		.tool_dir = CTL_TOOL_DIR,
		.trusted = 0,
		.getenv = g_getenv,
		.find_group = find_group,
		.is_member = is_member,
		.list_domains = list_domains,
		.get_unit_change = get_unit_change,
	};

	uname(&name);
	host.env = env;
	host.policy_file = policy_file;
	host.release = name.release;
	host.uid = geteuid();
	host.user = get_user();
	/* As memflow takes it: $HOME, and only then the database. */
	host.home = g_getenv("HOME") || !host.user ? g_getenv("HOME") : g_get_home_dir();
	host.groups = get_groups(&host.n_groups);
	return &host;
}
