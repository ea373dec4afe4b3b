// SPDX-License-Identifier: MIT
#include "fake-library.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct _MflDomain {
	int references;
	const char *name;
	const char *uuid;
	const char *uri;
	const char *node;
	int id;
	GPid pid;
	gboolean readonly;
	guint64 ram;
};

struct _MflMemory {
	int references;
	MflDomain *domain;
	MflBackend backend;
	gboolean readonly;
	guint64 low_end;
	guint8 *low;
	guint8 *high;
};

#define AT_FIRST                                                                                   \
	{                                                                                          \
		.gone_after = G_MAXUINT64, .shrinks_after = G_MAXUINT64,                           \
		.interrupt_after = G_MAXUINT64,                                                    \
	}

struct fake fake = AT_FIRST;

struct poke {
	guint64 gpa;
	guint8 *bytes;
	gsize length;
};
static struct poke pokes[32];
static guint n_pokes;

static MflDomain domains[] = {
	{ .name = "win10", .uuid = "6a9a4c64-71f9-4b3a-9d5c-2d1a9f0c7e01", .uri = "qemu:///system",
	  .node = "/dev/memflow-vms/win10", .id = 7, .pid = 4711, .ram = 4ULL << 30 },
	/* NOLINTNEXTLINE(misc-misleading-bidirectional) */
	{ .name = "evil\x1b[2J\\\u202e\xc2\x9b", .uuid = "6a9a4c64-71f9-4b3a-9d5c-2d1a9f0c7e02",
	  .node = "/dev/memflow-vms/evil\\x1b\\x5b2J\\x5c\\xe2\\x80\\xae\\xc2\\x9b", .id = -1,
	  .pid = 4712, .readonly = TRUE },
	{ .name = "alpine", .uuid = "6a9a4c64-71f9-4b3a-9d5c-2d1a9f0c7e03", .uri = "qemu:///session",
	  .id = 1, .pid = 4713, .ram = 1536ULL << 20 },
	{ .name = "lab-1", .uuid = "6a9a4c64-71f9-4b3a-9d5c-2d1a9f0c7e05", .uri = "qemu:///system",
	  .id = 9, .pid = 4714, .ram = 64ULL << 20 },
	{ .name = "off", .uuid = "6a9a4c64-71f9-4b3a-9d5c-2d1a9f0c7e04", .uri = "qemu:///system",
	  .id = -1, .ram = 640ULL << 10 },
};

static gboolean is_there(const MflDomain *domain)
{
	return fake.more || strcmp(domain->name, "lab-1") != 0;
}

void fake_reset(void)
{
	struct fake_run *run = fake.run;

	if (!run)
		run = mmap(NULL, sizeof(*run), PROT_READ | PROT_WRITE,
			   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	g_assert(run != MAP_FAILED);
	*run = (struct fake_run){ 0 };
	g_free(fake.published);
	g_free(fake.unpublished);
	g_free(fake.opened);
	g_free(fake.written);
	fake = (struct fake)AT_FIRST;
	fake.run = run;
	while (n_pokes)
		g_free(pokes[--n_pokes].bytes);
}

void fake_poke(guint64 gpa, gconstpointer bytes, gsize length)
{
	g_assert(n_pokes < G_N_ELEMENTS(pokes) && gpa + length <= FAKE_HIGH_END);
	pokes[n_pokes++] = (struct poke){ gpa, g_memdup2(bytes, length), length };
}

void fake_poke_vmcoreinfo(guint64 gpa, guint32 type, const char *text)
{
	const guint32 header[] = { 11, (guint32)strlen(text), type };

	fake_poke(gpa, header, sizeof(header));
	fake_poke(gpa + 12, "VMCOREINFO\0", 12);
	fake_poke(gpa + 24, text, strlen(text));
}

guint8 fake_byte(guint64 gpa)
{
	return (guint8)((gpa * 2654435761U) >> 16);
}

const char *mfl_version(void)
{
	return "9.8.7";
}

/* ------------------------------------------------------------------ find -- */

MflDomain *mfl_domain_ref(MflDomain *domain)
{
	domain->references++;
	return domain;
}

void mfl_domain_unref(MflDomain *domain)
{
	g_assert(domain->references > 0);
	domain->references--;
}

static gboolean fail_if_asked(GError **error)
{
	int code = g_atomic_int_get(&fake.error);

	if (code)
		g_set_error(error, MFL_ERROR, code, "the fake fails with %d", code);
	return code != 0;
}

MflDomain *mfl_domain_find(const char *domain, const char *uri, GError **error)
{
	if (fail_if_asked(error))
		return NULL;
	for (guint i = 0; i < G_N_ELEMENTS(domains); i++) {
		if (!is_there(&domains[i]) || (uri && g_strcmp0(domains[i].uri, uri)))
			continue;
		if (!strcmp(domains[i].name, domain) || !strcmp(domains[i].uuid, domain))
			return mfl_domain_ref(&domains[i]);
	}
	g_set_error(error, MFL_ERROR, MFL_ERROR_NOT_FOUND, "there is no domain \"%s\"", domain);
	return NULL;
}

GPtrArray *mfl_domain_list(const char *uri, GError **error)
{
	GPtrArray *list;

	if (fail_if_asked(error))
		return NULL;
	list = g_ptr_array_new_with_free_func((GDestroyNotify)mfl_domain_unref);
	for (guint i = 0; i < G_N_ELEMENTS(domains); i++) {
		if (is_there(&domains[i]) && domains[i].pid && (!uri || !g_strcmp0(domains[i].uri, uri)))
			g_ptr_array_add(list, mfl_domain_ref(&domains[i]));
	}
	return list;
}

const char *mfl_domain_get_name(MflDomain *domain)
{
	return domain->name;
}

const char *mfl_domain_get_uuid(MflDomain *domain)
{
	return domain->uuid;
}

const char *mfl_domain_get_uri(MflDomain *domain)
{
	return domain->uri;
}

const char *mfl_domain_get_node(MflDomain *domain)
{
	return domain->node;
}

int mfl_domain_get_id(MflDomain *domain)
{
	return domain->id;
}

GPid mfl_domain_get_pid(MflDomain *domain)
{
	return fake.pid && domain == domains ? fake.pid : domain->pid;
}

gboolean mfl_domain_is_running(MflDomain *domain)
{
	return domain->pid != 0 && !fake.stopped;
}

gboolean mfl_domain_is_readonly(MflDomain *domain)
{
	return domain->readonly;
}

guint64 mfl_domain_get_ram_size(MflDomain *domain)
{
	return domain->ram;
}

char *mfl_domain_publish(MflDomain *domain, const char *group, guint mode, MflPublishFlags flags,
			 GError **error)
{
	if (fail_if_asked(error))
		return NULL;
	if (fake.publish_error) {
		g_set_error(error, MFL_ERROR, fake.publish_error, "group \"%s\" is refused", group);
		return NULL;
	}
	g_free(fake.published);
	fake.published = g_strdup_printf("%s %s %04o %s", domain->name, group, mode,
					 flags & MFL_PUBLISH_READONLY ? "ro" : "rw");
	return g_strdup_printf("/dev/memflow-vms/%s", domain->name);
}

gboolean mfl_domain_unpublish(MflDomain *domain, gboolean revoke, GError **error)
{
	if (!domain->node) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_NOT_FOUND, "domain \"%s\" has no node",
			    domain->name);
		return FALSE;
	}
	g_free(fake.unpublished);
	fake.unpublished = g_strdup_printf("%s%s", domain->name, revoke ? " revoke" : "");
	return TRUE;
}

gboolean mfl_domain_get_paused(MflDomain *domain, gboolean *paused, GError **error)
{
	(void)domain;
	if (fail_if_asked(error))
		return FALSE;
	*paused = fake.run->paused;
	return TRUE;
}

gboolean mfl_domain_suspend(MflDomain *domain, GError **error)
{
	(void)domain;
	if (fake.half_suspends)
		fake.run->paused = TRUE;
	if (fake.refuses_suspend || fake.half_suspends) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_LIBVIRT, "libvirt does not suspend it");
		return FALSE;
	}
	fake.run->paused = TRUE;
	fake.run->suspended++;
	return TRUE;
}

gboolean mfl_domain_resume(MflDomain *domain, GError **error)
{
	(void)domain;
	if (fake.run->refuses_resume) {
		fake.run->refuses_resume--;
		g_set_error(error, MFL_ERROR,
			    fake.resume_error ? fake.resume_error : MFL_ERROR_LIBVIRT,
			    "libvirt does not resume it");
		return FALSE;
	}
	if (!fake.run->paused) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_LIBVIRT, "it is already running");
		return FALSE;
	}
	fake.run->paused = FALSE;
	fake.run->resumed++;
	return TRUE;
}

char *mfl_domain_dup_xml(MflDomain *domain, GError **error)
{
	g_autofree char *name = g_markup_escape_text(domain->name, -1);

	if (fake.xml_error) {
		g_set_error(error, MFL_ERROR, fake.xml_error, "there is no XML");
		return NULL;
	}
	return g_strdup_printf("<domain type='%s'><name>%s</name><uuid>%s</uuid>%s</domain>",
			       fake.type ? fake.type : "kvm", name, domain->uuid,
			       fake.content ? fake.content : "");
}

/* ---------------------------------------------------------------- events -- */

struct _MflEvents {
	int ends[2];
};

static MflEvents the_events = { { -1, -1 } };

void mfl_event_free(MflEvent *event)
{
	g_free(event->name);
	g_free(event->uuid);
	g_free(event->detail);
	g_free(event);
}

MflEvents *mfl_events_new(const char *uri, GError **error)
{
	if (strcmp(uri, "qemu:///system") != 0) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID, "\"%s\" is no URI", uri);
		return NULL;
	}
	return &the_events;
}

void mfl_events_free(MflEvents *events)
{
	for (int i = 0; i < 2; i++) {
		close(events->ends[i]);
		events->ends[i] = -1;
	}
}

int mfl_events_get_fd(MflEvents *events)
{
	return events->ends[0];
}

/* Its address goes through a pipe. */
MflEvent *mfl_events_take(MflEvents *events)
{
	MflEvent *event;

	return read(events->ends[0], &event, sizeof(event)) == sizeof(event) ? event : NULL;
}

void fake_events_open(void)
{
	g_assert_cmpint(pipe2(the_events.ends, O_CLOEXEC | O_NONBLOCK), ==, 0);
}

void fake_tell(MflEventKind kind, const char *name, const char *uuid, const char *detail)
{
	MflEvent *event = g_new0(MflEvent, 1);

	event->kind = kind;
	event->name = g_strdup(name);
	event->uuid = g_strdup(uuid);
	event->detail = g_strdup(detail);
	g_assert_cmpint(write(the_events.ends[1], &event, sizeof(event)), ==, sizeof(event));
}

/* ------------------------------------------------------------------ open -- */

const char *mfl_backend_to_string(MflBackend backend)
{
	static const char *const names[] = { "auto", "node", "kmod", "memfd", "procmem" };

	return names[backend];
}

gboolean mfl_backend_from_string(const char *name, MflBackend *backend, GError **error)
{
	for (MflBackend i = MFL_BACKEND_AUTO; i <= MFL_BACKEND_PROCMEM; i++) {
		if (!strcmp(name, mfl_backend_to_string(i))) {
			*backend = i;
			return TRUE;
		}
	}
	g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID, "there is no backend \"%s\"", name);
	return FALSE;
}

static guint8 *new_memory(guint64 gpa, guint64 end)
{
	guint8 *bytes = g_malloc(end - gpa);

	for (guint64 i = 0; i < end - gpa; i++)
		bytes[i] = fake_byte(gpa + i);
	for (guint i = 0; i < n_pokes; i++)
		if (pokes[i].gpa >= gpa && pokes[i].gpa < end)
			memcpy(bytes + (pokes[i].gpa - gpa), pokes[i].bytes, pokes[i].length);
	return bytes;
}

MflMemory *mfl_memory_open(const char *name, const char *uri, MflBackend backend,
			   MflOpenFlags flags, GError **error)
{
	g_autoptr(MflDomain) domain = mfl_domain_find(name, uri, error);
	MflMemory *memory;
	guint64 released;

	if (fake.hangs_until)
		(void)!read(fake.hangs_until, &released, sizeof(released));
	g_atomic_int_inc(&fake.looks);
	if (!domain)
		return NULL;
	if (!domain->pid) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_NOT_RUNNING,
			    "domain \"%s\" is not running", name);
		return NULL;
	}
	if (!domain->node && backend == MFL_BACKEND_AUTO && fake.without_module)
		backend = MFL_BACKEND_PROCMEM;
	if (!domain->node && backend != MFL_BACKEND_KMOD && backend != MFL_BACKEND_PROCMEM) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_PERMISSION,
			    "cannot open the memory of \"%s\": node: not published; kmod: permission "
			    "denied", name);
		return NULL;
	}
	if (domain->readonly && flags & MFL_OPEN_READ_WRITE && backend != MFL_BACKEND_KMOD) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_READONLY,
			    "the node of \"%s\" is read-only", name);
		return NULL;
	}
	g_free(fake.opened);
	fake.opened = g_strdup_printf("%s %s %s", name, mfl_backend_to_string(backend),
				      flags & MFL_OPEN_READONLY	  ? "ro" :
				      flags & MFL_OPEN_READ_WRITE ? "rw" :
								    "any");
	memory = g_new0(MflMemory, 1);
	memory->references = 1;
	memory->domain = mfl_domain_ref(domain);
	memory->backend = backend != MFL_BACKEND_AUTO ? backend : MFL_BACKEND_NODE;
	memory->readonly = (flags & MFL_OPEN_READONLY) != 0;
	memory->low_end = FAKE_LOW_END;
	memory->low = new_memory(0, FAKE_LOW_END);
	memory->high = new_memory(FAKE_HIGH, FAKE_HIGH_END);
	return memory;
}

void mfl_memory_unref(MflMemory *memory)
{
	if (--memory->references)
		return;
	mfl_domain_unref(memory->domain);
	g_free(memory->low);
	g_free(memory->high);
	g_free(memory);
}

gboolean mfl_memory_refresh(MflMemory *memory, GError **error)
{
	(void)error;
	if (fake.shrunk)
		memory->low_end = FAKE_LOW_END / 2;
	return TRUE;
}

/* ---------------------------------------------------------------- access -- */

MflDomain *mfl_memory_dup_domain(MflMemory *memory)
{
	return mfl_domain_ref(memory->domain);
}

gboolean mfl_memory_is_alive(MflMemory *memory)
{
	(void)memory;
	return fake.gone_after > 0;
}

MflBackend mfl_memory_get_backend(MflMemory *memory)
{
	return memory->backend;
}

char *mfl_memory_dup_refusal(MflMemory *memory, MflBackend backend)
{
	if (memory->backend != MFL_BACKEND_PROCMEM || backend == MFL_BACKEND_PROCMEM)
		return NULL;
	return g_strdup_printf("no such luck with %s\x1b", mfl_backend_to_string(backend));
}

guint64 mfl_memory_get_generation(MflMemory *memory)
{
	(void)memory;
	return fake.shrunk ? 43 : 42;
}

guint64 mfl_memory_get_end(MflMemory *memory)
{
	(void)memory;
	return FAKE_ROM_END;
}

guint64 mfl_memory_get_ram_size(MflMemory *memory)
{
	return memory->low_end + FAKE_HIGH_END - FAKE_HIGH;
}

GArray *mfl_memory_dup_ranges(MflMemory *memory)
{
	const MflRange ranges[] = {
		{ 0, memory->low_end, FALSE },
		{ FAKE_HIGH, FAKE_HIGH_END - FAKE_HIGH, FALSE },
		{ FAKE_ROM, FAKE_ROM_END - FAKE_ROM, TRUE },
	};
	GArray *array = g_array_new(FALSE, FALSE, sizeof(MflRange));

	return g_array_append_vals(array, ranges, G_N_ELEMENTS(ranges));
}

static gboolean within(guint64 gpa, gsize length, guint64 begin, guint64 end)
{
	return gpa >= begin && gpa < end && length <= end - gpa;
}

gboolean mfl_memory_read(MflMemory *memory, guint64 gpa, gpointer buffer, gsize length,
			 GError **error)
{
	fake.chunk = MAX(fake.chunk, length);
	fake.reads++;
	if (length > fake.gone_after && fake.ends_process) {
		kill(fake.pid, SIGKILL);
		waitpid(fake.pid, NULL, 0);
	}
	if (length > fake.gone_after) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_GONE, "domain \"%s\" is gone",
			    memory->domain->name);
		return FALSE;
	}
	fake.gone_after -= length;
	if (length > fake.interrupt_after) {
		fake.interrupt_after = G_MAXUINT64;
		kill(getpid(), SIGINT);
	} else if (fake.interrupt_after != G_MAXUINT64) {
		fake.interrupt_after -= length;
	}
	if (length > fake.shrinks_after)
		fake.shrunk = TRUE;
	else if (fake.shrinks_after != G_MAXUINT64)
		fake.shrinks_after -= length;
	if (fake.shrunk && memory->low_end == FAKE_LOW_END &&
	    gpa + length > FAKE_LOW_END / 2 && gpa < FAKE_LOW_END) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_RANGE, "no memory any more");
		return FALSE;
	}
	if (within(gpa, length, 0, memory->low_end)) {
		memcpy(buffer, memory->low + gpa, length);
	} else if (within(gpa, length, FAKE_HIGH, FAKE_HIGH_END)) {
		memcpy(buffer, memory->high + (gpa - FAKE_HIGH), length);
	} else if (within(gpa, length, FAKE_ROM, FAKE_ROM_END)) {
		memset(buffer, 0xf4, length);
	} else {
		g_set_error(error, MFL_ERROR, MFL_ERROR_RANGE, "no memory at 0x%" G_GINT64_MODIFIER
			    "x", gpa);
		return FALSE;
	}
	return TRUE;
}

gboolean mfl_memory_write(MflMemory *memory, guint64 gpa, gconstpointer buffer, gsize length,
			  GError **error)
{
	g_autoptr(GString) text = g_string_new(NULL);

	g_assert(!memory->readonly);
	if (within(gpa, length, FAKE_ROM, FAKE_ROM_END)) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_READONLY, "this is ROM");
		return FALSE;
	}
	if (!within(gpa, length, 0, memory->low_end) &&
	    !within(gpa, length, FAKE_HIGH, FAKE_HIGH_END)) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_RANGE, "no memory there");
		return FALSE;
	}
	for (gsize i = 0; i < length && i < 8; i++)
		g_string_append_printf(text, "%02x", ((const guint8 *)buffer)[i]);
	g_free(fake.written);
	fake.written = g_strdup_printf("0x%" G_GINT64_MODIFIER "x %" G_GSIZE_FORMAT " %s", gpa,
				       length, text->str);
	return TRUE;
}
