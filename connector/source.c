/* SPDX-License-Identifier: MIT */
/*
 * The domain that an instance and its clones read.
 *
 * One MflMemory is one run of the domain. It is never re-attached in place: a clone
 * that has not noticed yet that the domain was restarted must not write into its new
 * memory what was meant for the old. Each clone holds the memory it uses, meets the
 * end of it by itself, and then asks here for the next.
 */
#include "source.h"

#include "error.h"

#include <pthread.h>

#define ATTEMPTS_APART G_USEC_PER_SEC

/* POSIX mutexes, as in the library: ThreadSanitizer knows them. */
struct _MfcSource {
	int references; /* atomic */
	MflKey key;
	char *domain;
	char *uri;
	MflBackend backend;
	MflOpenFlags flags;

	pthread_mutex_t lock; /* for the following */
	MflMemory *memory;    /* the newest */
	gboolean opening;     /* by some thread, without the lock */
	gint64 next_attempt;  /* in g_get_monotonic_time() */
};

/* The UUID of the domain if only one is running. */
static char *find_only_domain(const char *uri, GError **error)
{
	g_autoptr(GPtrArray) domains = mfl_domain_list(uri, error);
	g_autoptr(GString) names = g_string_new(NULL);

	if (!domains)
		return NULL;
	if (domains->len == 1)
		return g_strdup(mfl_domain_get_uuid(g_ptr_array_index(domains, 0)));
	for (guint i = 0; i < domains->len; i++)
		g_string_append_printf(names, "%s%s", i ? ", " : "",
				       mfl_domain_get_name(g_ptr_array_index(domains, i)));
	g_set_error(error, MFC_ERROR,
		    MF_ERROR(MF_ORIGIN_ARGS_VALIDATOR, MF_KIND_REQUIRED_ARG_NOT_FOUND),
		    domains->len ? "No domain is named, and %u are running: %s; name one, as in "
				   "libvirt:%s." :
				   "No domain is named, and none is running; start one: virsh start "
				   "DOMAIN.",
		    domains->len, names->str,
		    domains->len ? mfl_domain_get_name(g_ptr_array_index(domains, 0)) : "");
	return NULL;
}

MfcSource *mfc_source_open(const MfcOptions *options, MflMemory **memory, GError **error)
{
	g_autofree char *only = NULL;
	g_autoptr(MflDomain) found = NULL;
	MfcSource *source;
	MflKey key = options->key;
	const char *domain = options->domain;

	if (!domain) {
		only = find_only_domain(options->uri, error);
		if (!only)
			return NULL;
		domain = only;
		key = MFL_KEY_UUID;
	}
	*memory = mfl_memory_open_by(key, domain, options->uri, options->backend, options->flags,
				     error);
	if (!*memory)
		return NULL;
	found = mfl_memory_dup_domain(*memory);
	source = g_new0(MfcSource, 1);
	source->references = 1;
	/* What was named by its name is followed by its name; ids are given again. */
	source->key = (key & MFL_KEY_NAME) && g_str_equal(domain, mfl_domain_get_name(found)) ?
			      MFL_KEY_NAME :
			      MFL_KEY_UUID;
	source->domain = g_strdup(source->key == MFL_KEY_NAME ? domain :
								mfl_domain_get_uuid(found));
	source->uri = g_strdup(options->uri);
	source->backend = options->backend;
	source->flags = options->flags;
	pthread_mutex_init(&source->lock, NULL);
	source->memory = mfl_memory_ref(*memory);
	return source;
}

MfcSource *mfc_source_ref(MfcSource *source)
{
	g_atomic_int_inc(&source->references);
	return source;
}

void mfc_source_unref(MfcSource *source)
{
	if (!g_atomic_int_dec_and_test(&source->references))
		return;
	mfl_memory_unref(source->memory);
	pthread_mutex_destroy(&source->lock);
	g_free(source->domain);
	g_free(source->uri);
	g_free(source);
}

/* Whether this thread is to open it; *@memory, if another has done so already. */
static gboolean begin_opening(MfcSource *source, MflMemory *old, MflMemory **memory)
{
	gboolean begun = FALSE;

	pthread_mutex_lock(&source->lock);
	if (source->memory != old && mfl_memory_is_alive(source->memory))
		*memory = mfl_memory_ref(source->memory);
	else if (!source->opening && g_get_monotonic_time() >= source->next_attempt)
		begun = source->opening = TRUE;
	pthread_mutex_unlock(&source->lock);
	return begun;
}

static void end_opening(MfcSource *source, MflMemory *memory)
{
	MflMemory *previous = NULL;

	pthread_mutex_lock(&source->lock);
	source->opening = FALSE;
	source->next_attempt = memory ? 0 : g_get_monotonic_time() + ATTEMPTS_APART;
	if (memory) {
		previous = source->memory;
		source->memory = mfl_memory_ref(memory);
	}
	pthread_mutex_unlock(&source->lock);
	if (previous)
		mfl_memory_unref(previous);
}

MflMemory *mfc_source_reopen(MfcSource *source, MflMemory *old, GError **error)
{
	MflMemory *memory = NULL;

	if (begin_opening(source, old, &memory)) {
		memory = mfl_memory_open_by(source->key, source->domain, source->uri,
					    source->backend, source->flags, error);
		end_opening(source, memory);
	} else if (!memory) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_NOT_RUNNING,
			    "Domain \"%s\" was not running a moment ago.", source->domain);
	}
	return memory;
}
