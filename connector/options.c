/* SPDX-License-Identifier: MIT */
/* What a user may say after `-c libvirt:`. */
#include "options.h"

#include "error.h"

#include <string.h>

#define VALID_NAMES "name, uuid, id, uri, backend, readonly"

const char mfc_options_help[] =
	"Reads the physical memory of a QEMU/KVM guest by the name of its libvirt domain.\n"
	"\n"
	"  libvirt:DOMAIN                a domain's name, UUID or id\n"
	"  libvirt                       the only domain that is running\n"
	"  libvirt:DOMAIN:ARG=VALUE,...  with arguments\n"
	"\n"
	"Arguments; the first three name the domain and may stand in its place, too:\n"
	"  name=NAME      the domain of that name\n"
	"  uuid=UUID      the domain of that UUID\n"
	"  id=ID          the domain of that id, as in `virsh list`\n"
	"  uri=URI        libvirt connection; default: published nodes, then the default\n"
	"                 connection, qemu:///system and qemu:///session\n"
	"  backend=NAME   auto (default, the first that works), node (/dev/memflow-vms), kmod\n"
	"                 (/dev/memflow); without the module: memfd (RAM that QEMU shares),\n"
	"                 procmem (system calls; any QEMU domain, slower)\n"
	"  readonly=BOOL  true: never write; false: fail if writing is not possible;\n"
	"                 default: write if that is allowed\n"
	"\n"
	"Reads come from a mapping of the guest's memory, or with procmem by a system call\n"
	"for each list. The middleware arguments delay and metrics work; a cache would be\n"
	"slower or stale, and is refused.\n"
	"\n"
	"When the domain stops, requests fail; once it runs again, the instance attaches to\n"
	"it by itself, at the earliest with the request after the one that failed.\n";

static void set_error(GError **error, enum mf_kind kind, const char *format, ...)
	G_GNUC_PRINTF(3, 4);

static void set_error(GError **error, enum mf_kind kind, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	if (error)
		*error = g_error_new_valist(MFC_ERROR, MF_ERROR(MF_ORIGIN_ARGS_VALIDATOR, kind),
					    format, arguments);
	va_end(arguments);
}

static const char *key_to_string(MflKey key)
{
	switch (key) {
	case MFL_KEY_NAME:
		return "name";
	case MFL_KEY_UUID:
		return "UUID";
	case MFL_KEY_ID:
		return "id";
	case MFL_KEY_ANY:
	default:
		return "target";
	}
}

/* One that says what it is wins over the same that does not. */
static gboolean set_domain(MfcOptions *options, MflKey key, const char *value, GError **error)
{
	if (!*value) {
		set_error(error, MF_KIND_ARG_VALIDATION, "The domain's %s is empty.",
			  key_to_string(key));
		return FALSE;
	}
	if (options->domain && key == MFL_KEY_ANY && strcmp(options->domain, value) == 0)
		return TRUE;
	if (options->domain && (strcmp(options->domain, value) != 0 ||
				(options->key != key && options->key != MFL_KEY_ANY))) {
		set_error(error, MF_KIND_ARG_VALIDATION,
			  "The domain is given twice, as %s \"%s\" and as %s \"%s\"; give it once.",
			  key_to_string(options->key), options->domain, key_to_string(key), value);
		return FALSE;
	}
	g_free(options->domain);
	options->domain = g_strdup(value);
	options->key = key;
	return TRUE;
}

static gboolean key_from_string(const char *text, size_t length, MflKey *key)
{
	static const struct {
		const char *name;
		MflKey key;
	} keys[] = {
		{ "name", MFL_KEY_NAME },
		{ "uuid", MFL_KEY_UUID },
		{ "id", MFL_KEY_ID },
	};

	for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
		if (strlen(keys[i].name) == length && strncmp(keys[i].name, text, length) == 0) {
			*key = keys[i].key;
			return TRUE;
		}
	}
	return FALSE;
}

/* "libvirt:name=win10" has the whole of "name=win10" for a target. */
static gboolean set_target(MfcOptions *options, const char *target, GError **error)
{
	const char *equals = strchr(target, '=');
	MflKey key;

	if (equals && key_from_string(target, (size_t)(equals - target), &key))
		return set_domain(options, key, equals + 1, error);
	return set_domain(options, MFL_KEY_ANY, target, error);
}

static gboolean parse_boolean(const char *name, const char *value, gboolean *result,
			      GError **error)
{
	static const char *const words[] = { "false", "true", "0", "1", "no", "yes", "off", "on" };

	for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
		if (g_ascii_strcasecmp(value, words[i]) == 0) {
			*result = i % 2 == 1;
			return TRUE;
		}
	}
	set_error(error, MF_KIND_ARG_VALIDATION, "The argument %s=%s is neither true nor false.", name, value);
	return FALSE;
}

static gboolean set_extra(MfcOptions *options, const char *name, const char *value, GError **error)
{
	gboolean readonly;
	MflKey key;

	if (key_from_string(name, strlen(name), &key))
		return set_domain(options, key, value, error);
	/* What memflow calls the first one without a name. */
	if (strcmp(name, "default") == 0)
		return set_target(options, value, error);
	if (strcmp(name, "uri") == 0) {
		g_free(options->uri);
		options->uri = g_strdup(value);
		return TRUE;
	}
	if (strcmp(name, "backend") == 0)
		return mfl_backend_from_string(value, &options->backend, error);
	if (strcmp(name, "readonly") == 0) {
		if (!parse_boolean(name, value, &readonly, error))
			return FALSE;
		options->flags = readonly ? MFL_OPEN_READONLY : MFL_OPEN_READ_WRITE;
		return TRUE;
	}
	set_error(error, MF_KIND_ARG_NOT_EXISTS,
		  "There is no argument \"%s\"; valid ones are " VALID_NAMES ".", name);
	return FALSE;
}

static gboolean set_middleware(MfcOptions *options, const struct mf_middleware_args *args,
			       GError **error)
{
	const char *refused = args->cache.some && args->cache.value ? "cache" :
			      args->cache_size			    ? "cache_size" :
			      args->cache_validity_time		    ? "cache_time" :
			      args->cache_page_size		    ? "cache_page_size" :
								      NULL;

	if (refused) {
		set_error(error, MF_KIND_NOT_SUPPORTED,
			  "The middleware argument %s is refused: reads come straight from the "
			  "guest's memory, and a cache would be slower and stale; leave it out.",
			  refused);
		return FALSE;
	}
	options->delay = args->delay;
	options->metrics = args->metrics;
	return TRUE;
}

static gboolean check_text(const char *text, GError **error)
{
	if (g_utf8_validate(text, -1, NULL))
		return TRUE;
	set_error(error, MF_KIND_ARG_VALIDATION, "An argument is not valid UTF-8.");
	return FALSE;
}

gboolean mfc_options_parse(MfcOptions *options, const struct mf_connector_args *args,
			   GError **error)
{
	*options = (MfcOptions){ .backend = MFL_BACKEND_AUTO, .flags = MFL_OPEN_DEFAULT };
	if (!args)
		return TRUE;
	if (args->target && *args->target &&
	    !(check_text(args->target, error) && set_target(options, args->target, error)))
		return FALSE;
	for (size_t i = 0; i < args->extra.len; i++) {
		const struct mf_arg *arg = &args->extra.data[i];

		if (!check_text(arg->key, error) || !check_text(arg->value, error) ||
		    !set_extra(options, arg->key, arg->value, error))
			return FALSE;
	}
	return set_middleware(options, &args->middleware, error);
}

void mfc_options_clear(MfcOptions *options)
{
	g_clear_pointer(&options->domain, g_free);
	g_clear_pointer(&options->uri, g_free);
}
