/* SPDX-License-Identifier: MIT */
/* The published VMs, as the module shows them in sysfs: see published.h. */
#include "published.h"

#include "error.h"
#include "memflow.h"
#include "name.h"
#include "process.h"
#include "uuid.h"

#include <string.h>
#include <sys/sysmacros.h>

#define NODE_PREFIX MEMFLOW_NODE_DIR "/"

void mfl_published_free(MflPublished *published)
{
	if (!published)
		return;
	g_free(published->node);
	g_free(published->name);
	g_free(published->uuid);
	g_free(published);
}

/* One attribute without its newline; NULL if the node has just gone. */
static char *read_attribute(const char *directory, const char *attribute)
{
	g_autofree char *path = g_build_filename(directory, attribute, NULL);
	char *text = NULL;
	gsize length = 0;

	if (!g_file_get_contents(path, &text, &length, NULL))
		return NULL;
	/* Only the newline that the module added: a name may end in blanks. */
	if (length > 0 && text[length - 1] == '\n')
		text[length - 1] = '\0';
	return text;
}

/* The value of "KEY=VALUE"; NULL: there is none. */
static const char *find_value(GStrv lines, const char *key)
{
	const gsize length = strlen(key);

	for (guint i = 0; lines[i]; i++)
		if (strncmp(lines[i], key, length) == 0 && lines[i][length] == '=')
			return lines[i] + length + 1;
	return NULL;
}

/* 0: it is not there. The kernel leaves out root's ids (Linux 6.1, dev_uevent()). */
static guint find_number(GStrv lines, const char *key, guint base)
{
	const char *value = find_value(lines, key);
	guint64 number = 0;

	if (value)
		g_ascii_string_to_unsigned(value, base, 0, G_MAXUINT32, &number, NULL);
	return (guint)number;
}

/* From "MAJOR=511\nMINOR=0\nDEVNAME=memflow-vms/win10\nDEVMODE=0660\nDEVGID=988\n…" */
static void read_uevent(const MflEnv *env, const char *directory, MflPublished *published)
{
	g_autofree char *uevent = read_attribute(directory, "uevent");
	g_auto(GStrv) lines = g_strsplit(uevent ? uevent : "", "\n", -1);
	const char *node = find_value(lines, "DEVNAME");

	if (!node || !g_str_has_prefix(node, NODE_PREFIX) ||
	    strchr(node + strlen(NODE_PREFIX), '/'))
		return;
	published->node = g_build_filename(env->dev, node, NULL);
	published->uid = find_number(lines, "DEVUID", 10);
	published->gid = find_number(lines, "DEVGID", 10);
	published->mode = find_number(lines, "DEVMODE", 8);
}

static MflPublished *read_published(const MflEnv *env, const char *directory)
{
	g_autoptr(MflPublished) published = g_new0(MflPublished, 1);
	g_autofree char *uuid = read_attribute(directory, "uuid");
	g_autofree char *pid = read_attribute(directory, "pid");
	g_autofree char *readonly = read_attribute(directory, "readonly");
	guint64 number = 0;

	read_uevent(env, directory, published);
	published->name = read_attribute(directory, "name");
	published->uuid = uuid ? mfl_uuid_normalize(uuid) : NULL;
	if (!published->node || !published->name || !published->uuid || !pid || !readonly ||
	    !g_ascii_string_to_unsigned(pid, 10, 0, G_MAXINT, &number, NULL))
		return NULL;
	published->pid = (pid_t)number;
	published->readonly = strcmp(readonly, "0") != 0;
	return g_steal_pointer(&published);
}

GPtrArray *mfl_published_list_in(const MflEnv *env, GError **error)
{
	g_autofree char *class = g_build_filename(env->sys, "class", "memflow", NULL);
	g_autoptr(GPtrArray) list =
		g_ptr_array_new_with_free_func((GDestroyNotify)mfl_published_free);
	g_autoptr(GDir) entries = g_dir_open(class, 0, NULL);
	const char *entry;

	if (!entries) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_NO_MODULE,
			    "there is no %s; load the kernel module: modprobe memflow", class);
		return NULL;
	}
	while ((entry = g_dir_read_name(entries))) {
		g_autofree char *directory = g_build_filename(class, entry, NULL);
		MflPublished *published = NULL;

		if (g_str_has_prefix(entry, "memflow-vm"))
			published = read_published(env, directory);
		if (published)
			g_ptr_array_add(list, published);
	}
	return g_steal_pointer(&list);
}

gboolean mfl_published_is_running(const MflEnv *env, const MflPublished *published)
{
	g_autoptr(MflProcess) process = mfl_process_open_in(env, published->pid, NULL);

	return process && mfl_process_is_domain(process, published->name, published->uuid, NULL);
}

MflPublished *mfl_published_find_in(const MflEnv *env, const char *name)
{
	g_autofree char *encoded = mfl_name_encode(name);
	g_autofree char *node = g_build_filename(env->dev, MEMFLOW_NODE_DIR, encoded, NULL);
	g_autofree char *directory = NULL;
	g_autoptr(MflPublished) published = NULL;
	dev_t device;

	if (!env->get_device(node, &device))
		return NULL;
	directory = g_strdup_printf("%s/dev/char/%u:%u", env->sys, major(device), minor(device));
	published = read_published(env, directory);
	/* The number may be another's by now, and a name is what its publisher says. */
	if (!published || strcmp(published->node, node) != 0 || strcmp(published->name, name) != 0)
		return NULL;
	return g_steal_pointer(&published);
}

GPtrArray *mfl_published_list(GError **error)
{
	return mfl_published_list_in(mfl_env_host(), error);
}
