/* SPDX-License-Identifier: MIT */
/**
 * SECTION: memflow-libvirt
 * @short_description: guest physical memory by libvirt domain name
 *
 * Three jobs: find a domain, open its memory, access it.
 *
 * A *domain argument* is a libvirt domain's name, its UUID (text form) or its id
 * (decimal). They are tried in the order name, UUID, id, so that a domain called
 * "7" is found by that name.
 *
 * Addresses are guest physical addresses (gpa), lengths are bytes. Unless said
 * otherwise pointers must not be %NULL, strings are UTF-8, and functions may be
 * called from any thread as long as no other thread releases the object
 * meanwhile. Functions that take a #GError set it exactly when they fail.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MFL_ERROR:
 *
 * Error domain of this library; codes are #MflError. Numbers never change
 * their meaning.
 */
#define MFL_ERROR (mfl_error_quark())
GQuark mfl_error_quark(void); /* what MFL_ERROR is */

/**
 * MflError:
 * @MFL_ERROR_FAILED: anything without a code of its own
 * @MFL_ERROR_INVALID: an argument is malformed
 * @MFL_ERROR_NOT_FOUND: no domain goes by that name, UUID or id
 * @MFL_ERROR_NOT_RUNNING: the domain exists and is shut off
 * @MFL_ERROR_AMBIGUOUS: several domains fit
 * @MFL_ERROR_PERMISSION: the caller lacks a right
 * @MFL_ERROR_NO_MODULE: the kernel module is not loaded
 * @MFL_ERROR_ABI: module and library do not speak the same version
 * @MFL_ERROR_UNSUPPORTED: cannot be done for this domain or with this backend
 * @MFL_ERROR_GONE: the domain stopped, or access to it was revoked
 * @MFL_ERROR_RANGE: no guest memory there
 * @MFL_ERROR_READONLY: the memory, or this access to it, is read-only
 * @MFL_ERROR_LIBVIRT: libvirt reported an error
 * @MFL_ERROR_TIMEOUT: it took too long
 * @MFL_ERROR_EXISTS: the node is taken by another running VM
 * @MFL_ERROR_IO: the system refused an operation
 */
typedef enum {
	MFL_ERROR_FAILED = 1,
	MFL_ERROR_INVALID = 2,
	MFL_ERROR_NOT_FOUND = 3,
	MFL_ERROR_NOT_RUNNING = 4,
	MFL_ERROR_AMBIGUOUS = 5,
	MFL_ERROR_PERMISSION = 6,
	MFL_ERROR_NO_MODULE = 7,
	MFL_ERROR_ABI = 8,
	MFL_ERROR_UNSUPPORTED = 9,
	MFL_ERROR_GONE = 10,
	MFL_ERROR_RANGE = 11,
	MFL_ERROR_READONLY = 12,
	MFL_ERROR_LIBVIRT = 13,
	MFL_ERROR_TIMEOUT = 14,
	MFL_ERROR_EXISTS = 15,
	MFL_ERROR_IO = 16,
} MflError;

/**
 * mfl_version:
 *
 * Returns: (transfer none): the library's version, as "0.1.0"
 */
const char *mfl_version(void);

/* ------------------------------------------------------------------ find -- */

/**
 * MflDomain:
 *
 * What is known of one domain at one moment. Immutable, reference counted.
 */
typedef struct _MflDomain MflDomain;

MflDomain *mfl_domain_ref(MflDomain *domain); /* (transfer full): @domain itself */
void mfl_domain_unref(MflDomain *domain);     /* or g_autoptr(MflDomain) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MflDomain, mfl_domain_unref)

/**
 * MflKey:
 * @MFL_KEY_NAME: its name
 * @MFL_KEY_UUID: its UUID in text form
 * @MFL_KEY_ID: its id in decimal
 * @MFL_KEY_ANY: whatever fits first, in this order
 *
 * What a domain argument is taken for.
 */
typedef enum {
	MFL_KEY_NAME = 1 << 0,
	MFL_KEY_UUID = 1 << 1,
	MFL_KEY_ID = 1 << 2,
	MFL_KEY_ANY = MFL_KEY_NAME | MFL_KEY_UUID | MFL_KEY_ID,
} MflKey;

/**
 * mfl_domain_find:
 * @domain: a domain argument
 * @uri: (nullable): libvirt connection URI; %NULL: published nodes first, then
 *   the caller's default URI (LIBVIRT_DEFAULT_URI), qemu:///system and
 *   qemu:///session
 * @error: %MFL_ERROR_NOT_FOUND, %MFL_ERROR_AMBIGUOUS, %MFL_ERROR_LIBVIRT …;
 *   the message names every step that was tried
 *
 * Finds a domain, running or not. Published nodes answer without libvirt. Where
 * libvirt cannot be asked, its runtime files still tell which domains run. No
 * session daemon is started for a @uri of %NULL; of two running domains with that
 * name neither is taken (%MFL_ERROR_AMBIGUOUS), unless one is published or in the
 * caller's default connection.
 *
 * Returns: (transfer full): the domain, or %NULL
 */
MflDomain *mfl_domain_find(const char *domain, const char *uri, GError **error);

/**
 * mfl_domain_list:
 * @uri: (nullable): as mfl_domain_find(); %NULL: all of them
 * @error: set only if nothing could be asked at all
 *
 * Returns: (transfer full) (element-type MflDomain): the running domains in
 *   order of name, each once
 */
GPtrArray *mfl_domain_list(const char *uri, GError **error);

/* Owned by the domain, valid as long as it. */
const char *mfl_domain_get_name(MflDomain *domain);
const char *mfl_domain_get_uuid(MflDomain *domain); /* text form, lower case */
const char *mfl_domain_get_uri(MflDomain *domain);  /* %NULL: found by its node alone */
const char *mfl_domain_get_node(MflDomain *domain); /* path, %NULL: not published */
int mfl_domain_get_id(MflDomain *domain);	     /* -1: not running or not known */
GPid mfl_domain_get_pid(MflDomain *domain);	     /* 0: not running or not known */
gboolean mfl_domain_is_running(MflDomain *domain);  /* when it was found */
gboolean mfl_domain_is_readonly(MflDomain *domain); /* its node is */
/* RAM of the domain in bytes; 0: not known. */
guint64 mfl_domain_get_ram_size(MflDomain *domain);

/**
 * MflPublishFlags:
 * @MFL_PUBLISH_READONLY: nobody can write through the node
 */
typedef enum {
	MFL_PUBLISH_DEFAULT = 0,
	MFL_PUBLISH_READONLY = 1 << 0,
} MflPublishFlags;

/**
 * mfl_domain_publish:
 * @domain: a running domain
 * @group: (nullable): group of the node, name or number; %NULL: root
 * @mode: permission bits of the node, within 0666
 * @flags: #MflPublishFlags
 * @error: %MFL_ERROR_PERMISSION, %MFL_ERROR_NO_MODULE, %MFL_ERROR_EXISTS …
 *
 * Gives the domain a device node below /dev/memflow-vms that lives as long as
 * its process. Publishing what is published with the same pid succeeds and
 * leaves the node as it is. Needs CAP_SYS_ADMIN and CAP_SYS_PTRACE.
 *
 * Returns: (transfer full): the path of the node
 */
char *mfl_domain_publish(MflDomain *domain, const char *group, guint mode,
			 MflPublishFlags flags, GError **error);

/**
 * mfl_domain_unpublish:
 * @domain: a domain
 * @revoke: also end the access of those who have the node open
 * @error: %MFL_ERROR_NOT_FOUND if it has no node, …
 */
gboolean mfl_domain_unpublish(MflDomain *domain, gboolean revoke, GError **error);

/**
 * mfl_domain_get_paused:
 * @domain: a running domain
 * @paused: out: whether its processors are stopped, by whomever and for whatever reason
 * @error: %MFL_ERROR_LIBVIRT, %MFL_ERROR_PERMISSION
 *
 * Asks libvirt, now. For who is going to resume only what it has suspended itself.
 */
gboolean mfl_domain_get_paused(MflDomain *domain, gboolean *paused, GError **error);

/**
 * mfl_domain_suspend:
 * @domain: a running domain
 * @error: %MFL_ERROR_LIBVIRT, %MFL_ERROR_PERMISSION: it takes a read-write
 *   connection to libvirt; %MFL_ERROR_TIMEOUT: it may still come into effect
 *
 * Stops the domain's processors, as `virsh suspend` does. Its memory stays as it
 * is and can be read. Does nothing if they are stopped.
 */
gboolean mfl_domain_suspend(MflDomain *domain, GError **error);

/**
 * mfl_domain_resume:
 *
 * Lets the domain's processors go on. Errors as mfl_domain_suspend().
 */
gboolean mfl_domain_resume(MflDomain *domain, GError **error);

/**
 * mfl_domain_dup_xml:
 * @domain: a domain
 * @error: %MFL_ERROR_LIBVIRT, %MFL_ERROR_PERMISSION; %MFL_ERROR_NOT_FOUND: it is gone
 *
 * Asks libvirt, now, over a read-only connection where there is one.
 *
 * Returns: (transfer full): the domain's XML, of this run if it runs
 */
char *mfl_domain_dup_xml(MflDomain *domain, GError **error);

/* ---------------------------------------------------------------- events -- */

/**
 * MflEventKind:
 * @MFL_EVENT_RUNNING: it ran when libvirt was connected to; before @MFL_EVENT_CONNECTED,
 *   for each domain
 * @MFL_EVENT_CONNECTED: from here on what happens is told
 * @MFL_EVENT_DISCONNECTED: libvirt went away, or is not there; @detail says why. It is told once, and
 *   libvirt is looked for each second
 * @MFL_EVENT_STARTED: a domain started; @detail says how ("booted", "restored", "migrated" …)
 * @MFL_EVENT_STOPPED: a domain stopped; @detail says why ("shutdown", "destroyed", "crashed" …)
 */
typedef enum {
	MFL_EVENT_RUNNING = 1,
	MFL_EVENT_CONNECTED = 2,
	MFL_EVENT_DISCONNECTED = 3,
	MFL_EVENT_STARTED = 4,
	MFL_EVENT_STOPPED = 5,
} MflEventKind;

/**
 * MflEvent:
 * @kind: what happened
 * @name: (nullable): the domain's name
 * @uuid: (nullable): its UUID in text form, lower case
 * @detail: (nullable): more, for people and for programs that know the word
 */
typedef struct {
	MflEventKind kind;
	char *name;
	char *uuid;
	char *detail;
} MflEvent;

void mfl_event_free(MflEvent *event); /* or g_autoptr(MflEvent) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MflEvent, mfl_event_free)

/**
 * MflEvents:
 *
 * What happens to the domains of one libvirt connection, from now on, whatever becomes of
 * libvirt's daemon meanwhile.
 */
typedef struct _MflEvents MflEvents;

/**
 * mfl_events_new:
 * @uri: libvirt connection URI
 * @error: %MFL_ERROR_INVALID, %MFL_ERROR_UNSUPPORTED: it is no URI to be used here;
 *   %MFL_ERROR_IO
 *
 * Starts a thread that takes no signals. It registers and runs libvirt's default event loop,
 * and with it GLib's default main context, and sets libvirt's error function: so it is for
 * programs that use none of these, and there may be one such object at a time in a process.
 *
 * Returns: (transfer full): the events, or %NULL
 */
MflEvents *mfl_events_new(const char *uri, GError **error);
void mfl_events_free(MflEvents *events); /* or g_autoptr(MflEvents) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MflEvents, mfl_events_free)

/* Readable while mfl_events_take() has something to give; owned by @events. */
int mfl_events_get_fd(MflEvents *events);

/**
 * mfl_events_take:
 *
 * Returns: (transfer full) (nullable): the next one, in the order in which they happened;
 *   %NULL: there is none now
 */
MflEvent *mfl_events_take(MflEvents *events);

/* ------------------------------------------------------------------ open -- */

/**
 * MflBackend:
 * @MFL_BACKEND_AUTO: the first of the following that works; but a node that is
 *   read-only is never gone round for the sake of writing
 * @MFL_BACKEND_NODE: the domain's published node
 * @MFL_BACKEND_KMOD: the kernel module's control device
 * @MFL_BACKEND_MEMFD: RAM that QEMU shares with a file (memfd, tmpfs, hugetlbfs), mapped
 *   from QEMU's own descriptor; no kernel module
 * @MFL_BACKEND_PROCMEM: the memory of QEMU's process, copied by process_vm_readv(2); no
 *   kernel module, any QEMU domain, with KVM or without, and no direct pointers
 *
 * The last two take the right to trace QEMU's process (root, CAP_SYS_PTRACE, or being
 * its user) and a read-write connection to libvirt: QEMU is asked for the layout of its
 * memory, by a command to its monitor, upon which libvirt calls the domain tainted.
 * They start a thread in the program, which takes no signals.
 */
typedef enum {
	MFL_BACKEND_AUTO = 0,
	MFL_BACKEND_NODE = 1,
	MFL_BACKEND_KMOD = 2,
	MFL_BACKEND_MEMFD = 3,
	MFL_BACKEND_PROCMEM = 4,
} MflBackend;

/* Names as users type them: "auto", "node", "kmod", "memfd", "procmem". */
const char *mfl_backend_to_string(MflBackend backend);
/* The other way round; %MFL_ERROR_INVALID for anything else, with the names that there are. */
gboolean mfl_backend_from_string(const char *name, MflBackend *backend, GError **error);

/**
 * MflOpenFlags:
 * @MFL_OPEN_READONLY: never write; enough where only reading is allowed
 * @MFL_OPEN_READ_WRITE: fail if writing is not possible
 *
 * Without either: read and write if that is allowed, else read-only.
 */
typedef enum {
	MFL_OPEN_DEFAULT = 0,
	MFL_OPEN_READONLY = 1 << 0,
	MFL_OPEN_READ_WRITE = 1 << 1,
} MflOpenFlags;

/**
 * MflMemory:
 *
 * A domain's guest physical memory. Reference counted; reading and writing may
 * go on in any number of threads at once. mfl_memory_reattach() and
 * mfl_memory_refresh() may run beside them, too. These two, and whatever notices
 * that the guest's layout has changed, which any read may, end the validity of
 * direct pointers: mfl_memory_get_generation() tells.
 *
 * A child of fork(2) has none of the mappings of %MFL_BACKEND_NODE and
 * %MFL_BACKEND_KMOD, and may have other things at their addresses: there it must
 * neither use nor release such an object, but open its own.
 */
typedef struct _MflMemory MflMemory;

MflMemory *mfl_memory_ref(MflMemory *memory); /* (transfer full): @memory itself */
void mfl_memory_unref(MflMemory *memory);     /* or g_autoptr(MflMemory) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MflMemory, mfl_memory_unref)

/**
 * mfl_memory_open:
 * @domain: a domain argument
 * @uri: (nullable): as mfl_domain_find()
 * @backend: which backend, %MFL_BACKEND_AUTO for the best
 * @flags: #MflOpenFlags
 * @error: as mfl_domain_find(); %MFL_ERROR_NOT_RUNNING, %MFL_ERROR_PERMISSION,
 *   %MFL_ERROR_NO_MODULE …; with %MFL_BACKEND_AUTO the message says of each
 *   backend why it could not be used
 *
 * Returns: (transfer full): the memory, or %NULL
 */
MflMemory *mfl_memory_open(const char *domain, const char *uri, MflBackend backend,
			   MflOpenFlags flags, GError **error);

/**
 * mfl_memory_open_by:
 * @keys: what @domain is taken for
 *
 * As mfl_memory_open(), for who knows whether it is a name, a UUID or an id.
 */
MflMemory *mfl_memory_open_by(MflKey keys, const char *domain, const char *uri,
			      MflBackend backend, MflOpenFlags flags, GError **error);

/**
 * mfl_memory_reattach:
 * @memory: a memory
 * @error: as mfl_memory_open()
 *
 * After the domain was stopped and started again: finds it anew by the name or
 * UUID it was opened with and opens its memory in the same way. Does nothing if
 * the memory is alive. Reads and writes that run meanwhile fail with
 * %MFL_ERROR_GONE or work on the new memory. Direct pointers become invalid:
 * they must not be used any more. A late use does not crash, it reads zeros and
 * stores get lost; only after dozens of re-attachments their addresses are used
 * again, for the memory of the same domain.
 *
 * One that was opened by name follows the name, also if another domain has it by
 * then. One that was opened by UUID or id follows the UUID.
 */
gboolean mfl_memory_reattach(MflMemory *memory, GError **error);

/**
 * mfl_memory_refresh:
 *
 * Takes in a changed layout (memory plugged or unplugged). Reads and writes do
 * that by themselves; it is for users of direct pointers.
 */
gboolean mfl_memory_refresh(MflMemory *memory, GError **error);

/* ---------------------------------------------------------------- access -- */

/* (transfer full): the domain as it was found when the memory was opened. */
MflDomain *mfl_memory_dup_domain(MflMemory *memory);
MflBackend mfl_memory_get_backend(MflMemory *memory); /* never %MFL_BACKEND_AUTO */

/**
 * mfl_memory_dup_refusal:
 * @backend: a backend
 *
 * Why @backend was not taken when the memory was opened or re-attached with
 * %MFL_BACKEND_AUTO.
 *
 * Returns: (transfer full) (nullable): a sentence; %NULL if it was taken, or was not
 *   even tried because one before it works
 */
char *mfl_memory_dup_refusal(MflMemory *memory, MflBackend backend);

/* Whether every write fails: by what it was opened with, or by its node. */
gboolean mfl_memory_is_readonly(MflMemory *memory);
/* False once the domain stopped. No system call. */
gboolean mfl_memory_is_alive(MflMemory *memory);
/* Changes whenever the layout does, or the memory is re-attached. No system call. */
guint64 mfl_memory_get_generation(MflMemory *memory);
/* End of the guest physical address space in bytes (holes included). */
guint64 mfl_memory_get_end(MflMemory *memory);
/* Bytes of RAM. */
guint64 mfl_memory_get_ram_size(MflMemory *memory);

/**
 * MflRange:
 * @gpa: first byte
 * @length: bytes
 * @readonly: the guest cannot write it (ROM), nor can anyone here
 */
typedef struct {
	guint64 gpa;
	guint64 length;
	gboolean readonly;
} MflRange;

/**
 * mfl_memory_dup_ranges:
 *
 * Returns: (transfer full) (element-type MflRange): where there is guest memory,
 *   in order of gpa, without overlaps; free with g_array_unref()
 */
GArray *mfl_memory_dup_ranges(MflMemory *memory);

/**
 * mfl_memory_find_range:
 * @gpa: guest physical address
 * @range: (out caller-allocates): the range that @gpa is in, or else the next one
 *   above it; ranges that lie together and are alike may come as one or as several
 *
 * For who splits a request at its holes. No system call, lock or allocation, and
 * therefore only as new as the last read, write or refresh.
 *
 * Returns: whether there is one
 */
gboolean mfl_memory_find_range(MflMemory *memory, guint64 gpa, MflRange *range);

/**
 * mfl_memory_read:
 * @gpa: guest physical address
 * @buffer: where to
 * @length: bytes
 * @error: %MFL_ERROR_RANGE if any byte lies in a hole, %MFL_ERROR_GONE …
 *
 * Copies all bytes or fails; on failure the buffer's contents are undefined.
 * Memory that the VM's own process has no pages for (a passed-through device's, a
 * page with a hardware error) reads as zeros.
 */
gboolean mfl_memory_read(MflMemory *memory, guint64 gpa, gpointer buffer, gsize length,
			 GError **error);

/**
 * mfl_memory_write:
 *
 * As mfl_memory_read(), the other way; besides %MFL_ERROR_READONLY. When it
 * fails, nothing was written, except with %MFL_ERROR_GONE and if the memory was
 * unplugged in that very moment.
 */
gboolean mfl_memory_write(MflMemory *memory, guint64 gpa, gconstpointer buffer, gsize length,
			  GError **error);

/**
 * MflSegment:
 * @gpa: guest physical address
 * @buffer: where to or from
 * @length: bytes
 * @status: out: 0, or the #MflError of this segment
 */
typedef struct {
	guint64 gpa;
	gpointer buffer;
	gsize length;
	int status;
} MflSegment;

/**
 * mfl_memory_readv: (skip)
 * @segments: scatter list
 * @n_segments: its length
 *
 * Reads each segment for itself. No system call, lock or allocation where the
 * memory is mapped, which is everywhere unless the guest's memory lies in more
 * than 64 places far apart.
 *
 * Returns: the number of segments with status 0
 */
gsize mfl_memory_readv(MflMemory *memory, MflSegment *segments, gsize n_segments);

/*
 * As mfl_memory_readv(), the other way. Writes below 1 MiB take a system call:
 * firmware switches windows there between RAM and ROM at any moment.
 */
gsize mfl_memory_writev(MflMemory *memory, MflSegment *segments, gsize n_segments);

/**
 * mfl_memory_get_pointer:
 * @gpa: guest physical address
 * @length: bytes; may not leave the range that @gpa is in
 * @error: %MFL_ERROR_RANGE, %MFL_ERROR_UNSUPPORTED if the backend maps nothing
 *
 * The memory itself, for reading in place and, unless mfl_memory_is_readonly()
 * or the range is, writing. Valid until the memory is released or re-attached, or
 * has another layout. After that, and once the domain is gone, it may read as zeros
 * and stores are lost: after what was read, before it is believed, check that
 * mfl_memory_is_alive() and that mfl_memory_get_generation() is what it was before
 * this call. A store to what is read-only is a SIGBUS or a SIGSEGV. With
 * %MFL_BACKEND_MEMFD so is a load, if somebody truncates the file that is the RAM.
 *
 * Returns: (transfer none): the address of @gpa in this process
 */
gpointer mfl_memory_get_pointer(MflMemory *memory, guint64 gpa, gsize length, GError **error);

G_END_DECLS
