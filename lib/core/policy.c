/* SPDX-License-Identifier: MIT */
/*
 * Reads the policy file. GKeyFile does the syntax; here is what the sections
 * and keys mean, and where in the file a mistake is, which GKeyFile's errors do
 * not say.
 */
#include "policy.h"

#include <errno.h>
#include <grp.h>
#include <string.h>

#include "memflow-libvirt.h"

/* A policy is read on every start of a domain. */
#define POLICY_MIB_MAX 1

#define TIMEOUT_DEFAULT 10
#define TIMEOUT_MAX 30

typedef struct {
	const char *path;
	char *text;
	GKeyFile *file;
} PolicyFile;

void mfl_policy_free(MflPolicy *policy)
{
	if (!policy)
		return;
	g_free(policy->group);
	g_free(policy->decided_by);
	g_free(policy->readonly_from);
	g_free(policy->required_from);
	g_free(policy->group_from);
	g_free(policy->mode_from);
	g_free(policy->metadata_from);
	g_free(policy->timeout_from);
	g_free(policy);
}

static void set_from(char **from, const char *value)
{
	g_free(*from);
	*from = g_strdup(value);
}

/* ------------------------------------------------------- where a mistake is -- */

static const char *next_line(const char *line)
{
	const char *end = strchr(line, '\n');

	return end ? end + 1 : NULL;
}

static char *copy_line(const char *line)
{
	return g_strstrip(g_strndup(line, strcspn(line, "\n")));
}

/* The section that begins with that line; NULL: none. */
static char *get_header(const char *trimmed)
{
	const char *end = strrchr(trimmed, ']');

	if (trimmed[0] != '[')
		return NULL;
	return end ? g_strndup(trimmed + 1, (gsize)(end - trimmed) - 1) : g_strdup(trimmed + 1);
}

/* The line that @key of [@section] is on, or of the section itself without @key; 0: not found. */
static guint find_line(const char *text, const char *section, const char *key)
{
	gboolean inside = FALSE;
	guint number = 0, found = 0;

	for (const char *line = text; line; line = next_line(line)) {
		g_autofree char *trimmed = copy_line(line);
		g_autofree char *header = get_header(trimmed);

		number++;
		if (header) {
			inside = g_str_equal(header, section);
			if (inside && !key)
				return number;
		} else if (inside && key && g_str_has_prefix(trimmed, key)) {
			const char *rest = trimmed + strlen(key);

			/* No break: of a key given twice the last one counts. */
			if (rest[strspn(rest, " \t")] == '=')
				found = number;
		}
	}
	return found;
}

/*
 * GKeyFile would take what such a section says to where it stands first, and what stands between
 * the two would win over the second.
 */
static gboolean check_repeated(const char *path, const char *text, GError **error)
{
	g_autoptr(GHashTable) lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	guint number = 0, before;

	for (const char *line = text; line; line = next_line(line)) {
		g_autofree char *trimmed = copy_line(line);
		g_autofree char *header = get_header(trimmed);

		number++;
		if (!header)
			continue;
		before = GPOINTER_TO_UINT(g_hash_table_lookup(lines, header));
		if (before) {
			g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID,
				    "%s:%u: [%s] is there already, on line %u; make them one", path,
				    number, header, before);
			return FALSE;
		}
		g_hash_table_insert(lines, g_steal_pointer(&header), GUINT_TO_POINTER(number));
	}
	return TRUE;
}

static gboolean loads(const char *text, gsize length, GError **error)
{
	g_autoptr(GKeyFile) file = g_key_file_new();

	return g_key_file_load_from_data(file, text, length, G_KEY_FILE_NONE, error);
}

/* The first line with which the text stops being a key file. */
static guint find_syntax_error(const char *text)
{
	g_autoptr(GArray) ends = g_array_new(FALSE, FALSE, sizeof(gsize));
	guint good = 0, bad;

	for (const char *line = text; line && *line; line = next_line(line)) {
		gsize end = (gsize)(line - text) + strcspn(line, "\n");

		g_array_append_val(ends, end);
	}
	bad = ends->len;
	/* GKeyFile reads line by line, so what made it fail is in every longer prefix, too. */
	while (good < bad) {
		guint middle = (good + bad) / 2;

		if (loads(text, g_array_index(ends, gsize, middle), NULL))
			good = middle + 1;
		else
			bad = middle;
	}
	return good + 1;
}

static void G_GNUC_PRINTF(5, 6) set_mistake(const PolicyFile *policy_file, const char *section,
					    const char *key, GError **error, const char *format, ...)
{
	g_autofree char *what = NULL;
	va_list args;
	guint line = find_line(policy_file->text, section, key);

	va_start(args, format);
	what = g_strdup_vprintf(format, args);
	va_end(args);
	g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID, "%s:%u: [%s]%s%s: %s", policy_file->path,
		    line, section, key ? " " : "", key ? key : "", what);
}

/* ------------------------------------------------------------------- values -- */

static gboolean parse_choice(const char *value, const char *const choices[], guint *chosen,
			     GError **error)
{
	g_autofree char *list = NULL;

	for (guint i = 0; choices[i]; i++) {
		if (g_str_equal(value, choices[i])) {
			*chosen = i;
			return TRUE;
		}
	}
	list = g_strjoinv(", ", (char **)choices);
	g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID, "\"%s\" is none of: %s", value, list);
	return FALSE;
}

static gboolean parse_boolean(const char *value, gboolean *result, GError **error)
{
	static const char *const choices[] = { "no", "yes", NULL };
	guint chosen;

	if (!parse_choice(value, choices, &chosen, error))
		return FALSE;
	*result = chosen == 1;
	return TRUE;
}

static gboolean set_attach(MflPolicy *policy, const char *value, GError **error)
{
	static const char *const choices[] = { "yes", "no", "never", NULL };
	guint chosen;

	if (!parse_choice(value, choices, &chosen, error))
		return FALSE;
	policy->attach = chosen == 0;
	policy->never = chosen == 2;
	return TRUE;
}

static gboolean set_readonly(MflPolicy *policy, const char *value, GError **error)
{
	return parse_boolean(value, &policy->readonly, error);
}

static gboolean set_required(MflPolicy *policy, const char *value, GError **error)
{
	return parse_boolean(value, &policy->required, error);
}

static gboolean set_metadata(MflPolicy *policy, const char *value, GError **error)
{
	static const char *const choices[] = {
		[MFL_POLICY_METADATA_RESTRICT] = "restrict",
		[MFL_POLICY_METADATA_FULL] = "full",
		[MFL_POLICY_METADATA_IGNORE] = "ignore",
		NULL,
	};
	guint chosen;

	if (!parse_choice(value, choices, &chosen, error))
		return FALSE;
	policy->metadata = chosen;
	return TRUE;
}

static gboolean set_group(MflPolicy *policy, const char *value, GError **error)
{
	if (!*value) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID,
			    "empty; give the name or number of a group");
		return FALSE;
	}
	g_free(policy->group);
	policy->group = g_strdup(value);
	return TRUE;
}

static gboolean set_mode(MflPolicy *policy, const char *value, GError **error)
{
	guint64 mode;

	/* Whoever executes a device node or makes it setuid did not mean to. */
	if (!g_ascii_string_to_unsigned(value, 8, 0, 0777777, &mode, NULL) || mode & ~0666ULL) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID,
			    "\"%s\" is no octal number within 0666, such as 0660", value);
		return FALSE;
	}
	policy->mode = (mode_t)mode;
	return TRUE;
}

static gboolean set_timeout(MflPolicy *policy, const char *value, GError **error)
{
	guint64 seconds;

	if (!g_ascii_string_to_unsigned(value, 10, 1, TIMEOUT_MAX, &seconds, NULL)) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID,
			    "\"%s\" is no number of seconds from 1 to %d", value, TIMEOUT_MAX);
		return FALSE;
	}
	policy->timeout = (guint)seconds;
	return TRUE;
}

static const struct {
	const char *key;
	gboolean (*set)(MflPolicy *policy, const char *value, GError **error);
	gsize from; /* where its origin is noted */
} keys[] = {
	{ "attach", set_attach, G_STRUCT_OFFSET(MflPolicy, decided_by) },
	{ "readonly", set_readonly, G_STRUCT_OFFSET(MflPolicy, readonly_from) },
	{ "required", set_required, G_STRUCT_OFFSET(MflPolicy, required_from) },
	{ "group", set_group, G_STRUCT_OFFSET(MflPolicy, group_from) },
	{ "mode", set_mode, G_STRUCT_OFFSET(MflPolicy, mode_from) },
	{ "metadata", set_metadata, G_STRUCT_OFFSET(MflPolicy, metadata_from) },
	{ "timeout", set_timeout, G_STRUCT_OFFSET(MflPolicy, timeout_from) },
};

/* ----------------------------------------------------------------- sections -- */

static gboolean set_key(const PolicyFile *policy_file, const char *section, const char *key,
			MflPolicy *policy, GError **error)
{
	g_autofree char *from = g_strdup_printf("%s [%s]", policy_file->path, section);
	g_autofree char *value = NULL;
	g_autoptr(GError) local = NULL;

	for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
		if (!g_str_equal(key, keys[i].key))
			continue;
		value = g_key_file_get_string(policy_file->file, section, key, &local);
		if (value)
			g_strstrip(value);
		if (value && keys[i].set(policy, value, &local)) {
			set_from(G_STRUCT_MEMBER_P(policy, keys[i].from), from);
			return TRUE;
		}
		set_mistake(policy_file, section, key, error, "%s", local->message);
		return FALSE;
	}
	set_mistake(policy_file, section, key, error,
		    "no such key; there are: attach, readonly, required, group, mode, metadata, "
		    "timeout");
	return FALSE;
}

static gboolean apply_section(const PolicyFile *policy_file, const char *section,
			      MflPolicy *policy, GError **error)
{
	g_auto(GStrv) names = g_key_file_get_keys(policy_file->file, section, NULL, NULL);

	for (gsize i = 0; names && names[i]; i++) {
		if (!set_key(policy_file, section, names[i], policy, error))
			return FALSE;
	}
	return TRUE;
}

typedef enum {
	SECTION_DEFAULTS,
	SECTION_DOMAIN,
	SECTION_UUID,
	N_SECTION_KINDS,
} SectionKind;

/* Says what a section is and whether it is about that domain. */
static gboolean classify(const PolicyFile *policy_file, const char *section, const char *name,
			 const char *uuid, SectionKind *kind, gboolean *fits, GError **error)
{
	const char *argument;

	if (g_str_equal(section, "defaults")) {
		*kind = SECTION_DEFAULTS;
		*fits = TRUE;
		return TRUE;
	}
	if (g_str_has_prefix(section, "domain:")) {
		argument = section + strlen("domain:");
		if (!*argument) {
			set_mistake(policy_file, section, NULL, error,
				    "no name; use [domain:*] for all domains");
			return FALSE;
		}
		*kind = SECTION_DOMAIN;
		*fits = g_pattern_match_simple(argument, name);
		return TRUE;
	}
	if (g_str_has_prefix(section, "uuid:")) {
		argument = section + strlen("uuid:");
		if (!g_uuid_string_is_valid(argument)) {
			set_mistake(policy_file, section, NULL, error,
				    "\"%s\" is no UUID; \"virsh domuuid DOMAIN\" shows it",
				    argument);
			return FALSE;
		}
		*kind = SECTION_UUID;
		*fits = uuid && g_ascii_strcasecmp(argument, uuid) == 0;
		return TRUE;
	}
	set_mistake(policy_file, section, NULL, error,
		    "no such section; there are: [defaults], [domain:GLOB], [uuid:UUID]");
	return FALSE;
}

static MflPolicy *defaults(void)
{
	MflPolicy *policy = g_new0(MflPolicy, 1);

	policy->attach = TRUE;
	policy->group = g_strdup("memflow");
	policy->mode = 0660;
	policy->metadata = MFL_POLICY_METADATA_RESTRICT;
	policy->timeout = TIMEOUT_DEFAULT;
	for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
		set_from(G_STRUCT_MEMBER_P(policy, keys[i].from), "built-in defaults");
	return policy;
}

static MflPolicy *evaluate(const PolicyFile *policy_file, const char *name, const char *uuid,
			   GError **error)
{
	g_auto(GStrv) sections = g_key_file_get_groups(policy_file->file, NULL);
	g_autoptr(MflPolicy) policy = defaults();

	for (SectionKind pass = 0; pass < N_SECTION_KINDS; pass++) {
		for (gsize i = 0; sections[i]; i++) {
			g_autoptr(MflPolicy) other = NULL;
			SectionKind kind;
			gboolean fits;

			if (!classify(policy_file, sections[i], name, uuid, &kind, &fits, error))
				return NULL;
			if (kind != pass)
				continue;
			/* Sections that are not about this domain are checked all the same. */
			if (!fits)
				other = defaults();
			if (!apply_section(policy_file, sections[i], fits ? policy : other, error))
				return NULL;
		}
	}
	/* The administrator's own "no" for a domain is not a failure to attach it. */
	if (!policy->attach)
		policy->required = FALSE;
	return g_steal_pointer(&policy);
}

static void policy_file_clear(PolicyFile *policy_file)
{
	g_clear_pointer(&policy_file->file, g_key_file_unref);
	g_clear_pointer(&policy_file->text, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PolicyFile, policy_file_clear)

/* FALSE without an error: there is no such file. */
static gboolean read_policy_file(PolicyFile *policy_file, const char *path, GError **error)
{
	g_autoptr(GError) local = NULL;
	gsize length;

	*policy_file = (PolicyFile){ .path = path, .file = g_key_file_new() };
	if (!g_file_get_contents(path, &policy_file->text, &length, &local)) {
		if (!g_error_matches(local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
			g_set_error(error, MFL_ERROR, MFL_ERROR_IO, "cannot read the policy: %s",
				    local->message);
		return FALSE;
	}
	if (length > POLICY_MIB_MAX * 1024UL * 1024UL) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID, "%s: larger than %d MiB", path,
			    POLICY_MIB_MAX);
		return FALSE;
	}
	if (memchr(policy_file->text, '\0', length)) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID, "%s: contains a NUL byte", path);
		return FALSE;
	}
	if (!g_key_file_load_from_data(policy_file->file, policy_file->text, length,
				       G_KEY_FILE_NONE, &local)) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID, "%s:%u: %s", path,
			    find_syntax_error(policy_file->text), local->message);
		return FALSE;
	}
	return check_repeated(path, policy_file->text, error);
}

MflPolicy *mfl_policy_load(const char *path, const char *name, const char *uuid, GError **error)
{
	g_auto(PolicyFile) policy_file = { 0 };
	g_autoptr(GError) local = NULL;

	g_return_val_if_fail(path && name, NULL);

	if (read_policy_file(&policy_file, path, &local))
		return evaluate(&policy_file, name, uuid, error);
	if (!local)
		return defaults();
	g_propagate_error(error, g_steal_pointer(&local));
	return NULL;
}

/* -------------------------------------------------------------------- group -- */

gboolean mfl_policy_get_gid(const MflPolicy *policy, gid_t *gid, GError **error)
{
	struct group *group;
	guint64 number;

	/* (gid_t)-1 means "leave it" to chown(2) and is no group. */
	if (g_ascii_string_to_unsigned(policy->group, 10, 0, (gid_t)-1 - 1, &number, NULL)) {
		*gid = (gid_t)number;
		return TRUE;
	}
	errno = 0;
	group = getgrnam(policy->group);
	if (!group) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID,
			    "%s: group=%s: there is no such group%s%s; create it (systemd-sysusers "
			    "makes \"memflow\") or name another in the policy",
			    policy->group_from, policy->group, errno ? ": " : "",
			    errno ? g_strerror(errno) : "");
		return FALSE;
	}
	*gid = group->gr_gid;
	return TRUE;
}

/* -------------------------------------------------------------------- check -- */

static void check_key(const PolicyFile *policy_file, const char *section, const char *key,
		      GPtrArray *mistakes)
{
	g_autoptr(MflPolicy) policy = defaults();
	g_autoptr(GError) error = NULL;
	gid_t gid;

	if (!set_key(policy_file, section, key, policy, &error)) {
		g_ptr_array_add(mistakes, g_strdup(error->message));
		return;
	}
	if (!g_str_equal(key, "group") || mfl_policy_get_gid(policy, &gid, NULL))
		return;
	set_mistake(policy_file, section, key, &error,
		    "there is no group \"%s\"; create it, or no domain that this is about can be "
		    "attached",
		    policy->group);
	g_ptr_array_add(mistakes, g_strdup(error->message));
}

GPtrArray *mfl_policy_check(const char *path, GError **error)
{
	g_autoptr(GPtrArray) mistakes = g_ptr_array_new_with_free_func(g_free);
	g_auto(PolicyFile) policy_file = { 0 };
	g_autoptr(GError) local = NULL;
	g_auto(GStrv) sections = NULL;

	g_return_val_if_fail(path, NULL);

	if (!read_policy_file(&policy_file, path, &local)) {
		if (!local)
			g_set_error(&local, MFL_ERROR, MFL_ERROR_NOT_FOUND,
				    "there is no %s; the defaults hold", path);
		if (!g_error_matches(local, MFL_ERROR, MFL_ERROR_INVALID)) {
			g_propagate_error(error, g_steal_pointer(&local));
			return NULL;
		}
		g_ptr_array_add(mistakes, g_strdup(local->message));
		return g_steal_pointer(&mistakes);
	}
	sections = g_key_file_get_groups(policy_file.file, NULL);
	for (gsize i = 0; sections[i]; i++) {
		g_auto(GStrv) names =
			g_key_file_get_keys(policy_file.file, sections[i], NULL, NULL);
		SectionKind kind;
		gboolean fits;

		if (!classify(&policy_file, sections[i], "", NULL, &kind, &fits, &local)) {
			g_ptr_array_add(mistakes, g_strdup(local->message));
			g_clear_error(&local);
			continue;
		}
		for (gsize k = 0; names && names[k]; k++)
			check_key(&policy_file, sections[i], names[k], mistakes);
	}
	return g_steal_pointer(&mistakes);
}

/* ----------------------------------------------------------------- metadata -- */

void mfl_policy_apply_metadata(MflPolicy *policy, const MflPolicyMetadata *metadata)
{
	static const char from[] = "the domain's metadata";

	if (policy->metadata == MFL_POLICY_METADATA_IGNORE)
		return;
	if (metadata->attach == MFL_POLICY_NO && policy->attach) {
		policy->attach = FALSE;
		set_from(&policy->decided_by, from);
	} else if (metadata->attach == MFL_POLICY_YES && !policy->attach && !policy->never &&
		   policy->metadata == MFL_POLICY_METADATA_FULL) {
		policy->attach = TRUE;
		set_from(&policy->decided_by, from);
	}
	if (metadata->readonly == MFL_POLICY_YES && !policy->readonly) {
		policy->readonly = TRUE;
		set_from(&policy->readonly_from, from);
	}
}
