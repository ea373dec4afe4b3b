/* SPDX-License-Identifier: MIT */
/* For unit tests: a host made of temporary files and memfds. See fakehost.h. */
#include "fakehost.h"

#include "fd.h"
#include "name.h"
#include "uuid.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>

#define FAKE_MAJOR 511

/* The functions of an MflEnv have no room for a context; a test has one host. */
static FakeHost *the_host;

static gboolean same_file(int a, int b)
{
	struct stat stat_a, stat_b;

	return fstat(a, &stat_a) == 0 && fstat(b, &stat_b) == 0 &&
	       stat_a.st_ino == stat_b.st_ino && stat_a.st_dev == stat_b.st_dev;
}

static int fail(int errnum)
{
	errno = errnum;
	return -1;
}

static FakeVm *find_vm_of_target(int fd)
{
	for (guint i = 0; i < the_host->vms->len; i++) {
		FakeVm *vm = g_ptr_array_index(the_host->vms, i);

		if (same_file(fd, vm->memory))
			return vm;
	}
	return NULL;
}

static int reopen(int fd, int flags)
{
	g_autofree char *path = g_strdup_printf("/proc/self/fd/%d", fd);

	return open(path, flags | O_CLOEXEC);
}

static gboolean is_writable(int fd)
{
	return (fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDWR;
}

static int open_node(const char *node, int flags)
{
	for (guint i = 0; i < the_host->vms->len; i++) {
		FakeVm *vm = g_ptr_array_index(the_host->vms, i);
		gboolean writing = (flags & O_ACCMODE) != O_RDONLY;

		if (g_strcmp0(vm->node, node) != 0)
			continue;
		if (vm->node_open_errno)
			return fail(vm->node_open_errno);
		if (writing && vm->node_write_errno)
			return fail(vm->node_write_errno);
		if (writing && vm->node_readonly)
			return fail(EACCES);
		return reopen(vm->memory, flags);
	}
	return fail(ENOENT);
}

/* proc/PID/mem */
static int open_memory(const char *path)
{
	for (guint i = 0; i < the_host->vms->len; i++) {
		FakeVm *vm = g_ptr_array_index(the_host->vms, i);
		g_autofree char *own =
			g_strdup_printf("%s/%d/mem", the_host->env.proc, (int)vm->pid);

		if (!vm->running || strcmp(path, own) != 0)
			continue;
		if (vm->trace_errno || vm->mem_errno)
			return fail(vm->trace_errno ? vm->trace_errno : vm->mem_errno);
		return reopen(vm->memory, O_RDWR);
	}
	return fail(ENOENT);
}

static int fake_open(const char *path, int flags)
{
	const char *relative = path + strlen(the_host->env.dev);

	if (the_host->before_open)
		the_host->before_open(the_host, path);
	if (g_str_has_prefix(path, the_host->env.proc) && g_str_has_suffix(path, "/mem"))
		return open_memory(path);
	if (!g_str_has_prefix(path, the_host->env.dev))
		return open(path, flags | O_CLOEXEC);
	if (g_str_has_prefix(relative, "/" MEMFLOW_NODE_DIR "/"))
		return open_node(relative + strlen("/" MEMFLOW_NODE_DIR "/"), flags);
	if (strcmp(relative, "/memflow") == 0 && the_host->control_errno)
		return fail(the_host->control_errno);
	return open(path, flags | O_CLOEXEC);
}

/* A link to the number: names of nodes leave no room for a temporary file's. */
static char *number_path(const char *root, const char *node)
{
	return g_build_filename(root, "numbers", node, NULL);
}

static gboolean fake_get_device(const char *path, dev_t *device)
{
	g_autofree char *node = g_path_get_basename(path);
	g_autofree char *file = number_path(the_host->root, node);
	g_autofree char *number = NULL;

	number = g_file_read_link(file, NULL);
	if (!number)
		return FALSE;
	*device = makedev(FAKE_MAJOR, (guint)g_ascii_strtoull(number, NULL, 10));
	return TRUE;
}

static int fake_info(FakeVm *vm, int fd, struct memflow_info *info)
{
	struct memflow_info out = { .size = info->size };

	out.flags = is_writable(fd) ? 0 : MEMFLOW_READONLY;
	out.state = (vm->running ? MEMFLOW_ALIVE : 0) | (vm->node ? MEMFLOW_PUBLISHED : 0);
	out.pid = vm->pid;
	out.generation = vm->status_page->generation;
	out.nr_slots = vm->slots->len;
	for (guint i = 0; i < vm->slots->len; i++) {
		const struct memflow_memslot *slot =
			&g_array_index(vm->slots, struct memflow_memslot, i);

		out.end = MAX(out.end, slot->gpa + slot->length);
		if (!(slot->flags & MEMFLOW_READONLY))
			out.ram_size += slot->length;
	}
	if (vm->node)
		mfl_uuid_parse(vm->uuid, out.uuid);
	*info = out;
	return 0;
}

static int fake_slots(FakeVm *vm, struct memflow_slots *slots)
{
	if (!vm->running)
		return fail(ENODEV);
	memcpy((void *)(guintptr)slots->slots, vm->slots->data,
	       MIN(slots->count, vm->slots->len) * sizeof(struct memflow_memslot));
	slots->count = vm->slots->len;
	slots->generation = vm->status_page->generation;
	return 0;
}

static gint64 transfer_segment(FakeVm *vm, gboolean write, const struct memflow_segment *segment)
{
	guint64 done = 0;

	while (done < segment->length) {
		const struct memflow_memslot *slot = NULL;
		guint64 gpa = segment->gpa + done;
		void *buffer = (char *)(guintptr)segment->buffer + done;
		gsize part;
		gssize moved;

		for (guint i = 0; i < vm->slots->len; i++) {
			slot = &g_array_index(vm->slots, struct memflow_memslot, i);
			if (gpa >= slot->gpa && gpa - slot->gpa < slot->length)
				break;
			slot = NULL;
		}
		if (!slot)
			return done ? (gint64)done : -ENXIO;
		if (write && (slot->flags & MEMFLOW_READONLY))
			return done ? (gint64)done : -EROFS;
		part = MIN(segment->length - done, slot->length - (gpa - slot->gpa));
		moved = write ? pwrite(vm->memory, buffer, part, (off_t)gpa) :
				pread(vm->memory, buffer, part, (off_t)gpa);
		if (moved <= 0)
			return done ? (gint64)done : -EFAULT;
		done += (guint64)moved;
	}
	return (gint64)done;
}

static int fake_transfer(FakeVm *vm, int fd, struct memflow_transfer *transfer)
{
	struct memflow_segment *segments = (void *)(guintptr)transfer->segments;
	gboolean write = (transfer->flags & MEMFLOW_TRANSFER_WRITE) != 0;
	int whole = 0;

	if (!vm->running)
		return fail(ENODEV);
	if (write && !is_writable(fd))
		return fail(EBADF);
	for (guint i = 0; i < transfer->count; i++) {
		segments[i].result = transfer_segment(vm, write, &segments[i]);
		whole += segments[i].result == (gint64)segments[i].length;
	}
	return whole;
}

static int fake_publish(const struct memflow_publish *publish)
{
	FakeVm *vm = find_vm_of_target(publish->vm_fd);

	if (publish->size != sizeof(*publish) || !vm || publish->mode & ~0666U)
		return fail(EINVAL);
	if (!vm->running || (publish->pid && publish->pid != vm->pid))
		return fail(ESRCH);
	if (vm->attach_errno)
		return fail(vm->attach_errno);
	for (guint i = 0; i < the_host->vms->len; i++) {
		FakeVm *other = g_ptr_array_index(the_host->vms, i);

		if (g_strcmp0(other->node, publish->node) == 0)
			return fail(EEXIST);
	}
	vm->node_uid = publish->uid;
	vm->node_gid = publish->gid;
	vm->node_mode = publish->mode;
	fake_vm_publish(vm, (publish->flags & MEMFLOW_READONLY) != 0);
	return 0;
}

static int fake_unpublish(const struct memflow_unpublish *unpublish)
{
	static const guint8 any[MEMFLOW_UUID_LEN];

	for (guint i = 0; i < the_host->vms->len; i++) {
		FakeVm *vm = g_ptr_array_index(the_host->vms, i);
		guint8 uuid[MEMFLOW_UUID_LEN];

		if (g_strcmp0(vm->node, unpublish->node) != 0)
			continue;
		mfl_uuid_parse(vm->uuid, uuid);
		if ((unpublish->pid && unpublish->pid != vm->pid) ||
		    (memcmp(unpublish->uuid, any, sizeof(any)) != 0 &&
		     memcmp(unpublish->uuid, uuid, sizeof(uuid)) != 0))
			break;
		fake_vm_unpublish(vm);
		if (unpublish->flags & MEMFLOW_REVOKE) { /* dead for targets only */
			__atomic_store_n(&vm->status_page->alive, 0, __ATOMIC_RELEASE);
			vm->running = FALSE;
		}
		return 0;
	}
	return fail(ENOENT);
}

static int fake_attach(const struct memflow_attach *attach)
{
	FakeVm *vm = find_vm_of_target(attach->vm_fd);

	if (attach->size != sizeof(*attach) || !vm)
		return fail(EINVAL);
	if (vm->attach_errno)
		return fail(vm->attach_errno);
	if (!vm->running)
		return fail(ESRCH);
	return reopen(vm->memory, attach->flags & MEMFLOW_READONLY ? O_RDONLY : O_RDWR);
}

static int fake_version(struct memflow_version *version)
{
	if (the_host->foreign_module)
		return fail(EPERM);
	version->abi = the_host->abi;
	version->features = the_host->features;
	return 0;
}

static int fake_ioctl_locked(int fd, unsigned long request, void *argument)
{
	FakeVm *vm = find_vm_of_target(fd);

	the_host->n_ioctls++;
	switch (request) {
	case MEMFLOW_IOC_VERSION:
		return fake_version(argument);
	case MEMFLOW_IOC_ATTACH:
		return fake_attach(argument);
	case MEMFLOW_IOC_PUBLISH:
		return fake_publish(argument);
	case MEMFLOW_IOC_UNPUBLISH:
		return fake_unpublish(argument);
	default:
		break;
	}
	if (!vm)
		return fail(ENOTTY);
	switch (request) {
	case MEMFLOW_IOC_INFO:
		return fake_info(vm, fd, argument);
	case MEMFLOW_IOC_SLOTS:
		return fake_slots(vm, argument);
	case MEMFLOW_IOC_TRANSFER:
		return fake_transfer(vm, fd, argument);
	default:
		return fail(ENOTTY);
	}
}

static int fake_ioctl(int fd, unsigned long request, void *argument)
{
	int result;

	pthread_mutex_lock(&the_host->lock);
	result = fake_ioctl_locked(fd, request, argument);
	pthread_mutex_unlock(&the_host->lock);
	return result;
}

static void *fake_mmap(void *address, size_t length, int prot, int flags, int fd, off_t offset)
{
	FakeVm *vm = find_vm_of_target(fd);

	if (vm && the_host->mmap_errno) {
		errno = the_host->mmap_errno;
		return MAP_FAILED;
	}
	if (vm && (guint64)offset == MEMFLOW_STATUS_OFFSET) {
		fd = vm->status;
		offset = 0;
	}
	/*
	 * Not by mmap(3): ThreadSanitizer takes that for a write to all of the range
	 * and would call the readers of a mapping that is replaced a race.
	 */
	return (void *)syscall(SYS_mmap, address, length, prot, flags, fd, offset);
}

static int fake_pidfd_open(pid_t pid)
{
	for (guint i = 0; i < the_host->vms->len; i++) {
		FakeVm *vm = g_ptr_array_index(the_host->vms, i);

		if (vm->pid == pid && vm->exit_pipe[1] >= 0)
			return dup(vm->exit_pipe[0]);
	}
	return fail(ESRCH);
}

static int fake_pidfd_getfd(int pidfd, int fd)
{
	int result = fail(EBADF);

	if (the_host->getfd_errno)
		return fail(the_host->getfd_errno);
	pthread_mutex_lock(&the_host->lock);
	for (guint i = 0; i < the_host->vms->len; i++) {
		FakeVm *vm = g_ptr_array_index(the_host->vms, i);

		if ((fd == 12 || fd == 13) && same_file(pidfd, vm->exit_pipe[0]))
			result = vm->running ? reopen(vm->memory, O_RDWR) : fail(ESRCH);
	}
	pthread_mutex_unlock(&the_host->lock);
	return result;
}

/* How much of [hva, hva + length) is there in one piece. */
static gsize find_part(const FakeVm *vm, guint64 hva, gsize length)
{
	const guint64 gpa = hva - FAKE_HVA;

	if (vm->absent && gpa < vm->absent + 4096 && gpa + length > vm->absent)
		length = gpa < vm->absent ? (gsize)(vm->absent - gpa) : 0;
	for (guint i = 0; i < vm->slots->len; i++) {
		const struct memflow_memslot *slot =
			&g_array_index(vm->slots, struct memflow_memslot, i);

		if (gpa >= slot->gpa && gpa - slot->gpa < slot->length)
			return MIN(length, slot->length - (gpa - slot->gpa));
	}
	return 0;
}

static ssize_t read_vm(FakeVm *vm, const struct iovec *local, const struct iovec *remote, gulong n)
{
	ssize_t done = 0;

	for (gulong i = 0; i < n; i++) {
		const guint64 hva = (guintptr)remote[i].iov_base;
		const gsize part = find_part(vm, hva, remote[i].iov_len);

		g_assert_cmpuint(local[i].iov_len, ==, remote[i].iov_len);
		if (part)
			g_assert_cmpint(pread(vm->memory, local[i].iov_base, part,
					      (off_t)(hva - FAKE_HVA)),
					==, (gssize)part);
		done += (ssize_t)part;
		if (part < remote[i].iov_len)
			break;
	}
	return done ? done : fail(EFAULT);
}

static FakeVm *find_vm_of_pid(pid_t pid)
{
	FakeVm *found = NULL;

	pthread_mutex_lock(&the_host->lock);
	for (guint i = 0; i < the_host->vms->len && !found; i++) {
		FakeVm *vm = g_ptr_array_index(the_host->vms, i);

		if (vm->pid == pid && vm->running)
			found = vm;
	}
	pthread_mutex_unlock(&the_host->lock);
	return found;
}

/* The process that has that pid now, whoever that is. */
static ssize_t fake_process_vm_readv(pid_t pid, const struct iovec *local, gulong n_local,
				     const struct iovec *remote, gulong n_remote)
{
	FakeVm *vm = find_vm_of_pid(pid);
	ssize_t result;

	g_assert_cmpuint(n_local, ==, n_remote);
	if (vm && the_host->before_transfer) {
		the_host->before_transfer(vm);
		vm = find_vm_of_pid(pid);
	}
	if (!vm)
		return fail(ESRCH);
	if (vm->trace_errno)
		return fail(vm->trace_errno);
	pthread_mutex_lock(&the_host->lock);
	vm->n_transfers++;
	result = read_vm(vm, local, remote, n_local);
	pthread_mutex_unlock(&the_host->lock);
	return result;
}

static ssize_t fake_pwrite(int fd, const void *buffer, size_t length, off_t offset)
{
	ssize_t result = -1;
	FakeVm *vm;

	pthread_mutex_lock(&the_host->lock);
	vm = find_vm_of_target(fd);
	pthread_mutex_unlock(&the_host->lock);
	g_assert_nonnull(vm);
	if (the_host->before_transfer)
		the_host->before_transfer(vm);
	pthread_mutex_lock(&the_host->lock);
	vm->n_transfers++;
	length = find_part(vm, (guint64)offset, length);
	if (!vm->running)
		result = 0;
	else if (!length)
		errno = EIO;
	else
		result = pwrite(fd, buffer, length, offset - (off_t)FAKE_HVA);
	pthread_mutex_unlock(&the_host->lock);
	return result;
}

static FakeVm *find_vm_of_node(const char *path)
{
	g_autofree char *node = g_path_get_basename(path);

	for (guint i = 0; i < the_host->vms->len; i++) {
		FakeVm *vm = g_ptr_array_index(the_host->vms, i);

		if (g_strcmp0(vm->node, node) == 0)
			return vm;
	}
	return NULL;
}

static gboolean fake_set_note(const char *path, const char *note)
{
	FakeVm *vm = find_vm_of_node(path);

	if (!vm)
		return FALSE;
	g_free(vm->note);
	vm->note = g_strdup(note);
	return TRUE;
}

static char *fake_get_note(const char *path)
{
	FakeVm *vm = find_vm_of_node(path);

	return vm ? g_strdup(vm->note) : NULL;
}

FakeHost *fake_host_new(void)
{
	FakeHost *host = g_new0(FakeHost, 1);

	g_assert_null(the_host);
	the_host = host;
	pthread_mutex_init(&host->lock, NULL);
	host->root = g_dir_make_tmp("fakehost-XXXXXX", NULL);
	g_assert_nonnull(host->root);
	host->abi = MEMFLOW_ABI_VERSION;
	host->features = MEMFLOW_FEATURE_PUBLISH | MEMFLOW_FEATURE_STATUS |
			 MEMFLOW_FEATURE_TRANSFER;
	host->vms = g_ptr_array_new();
	host->env = (MflEnv){
		.proc = g_build_filename(host->root, "proc", NULL),
		.sys = g_build_filename(host->root, "sys", NULL),
		.dev = g_build_filename(host->root, "dev", NULL),
		.run = g_build_filename(host->root, "run", NULL),
		.user_run = g_build_filename(host->root, "user", NULL),
		.open = fake_open,
		.get_device = fake_get_device,
		.ioctl = fake_ioctl,
		.mmap = fake_mmap,
		.pidfd_open = fake_pidfd_open,
		.pidfd_getfd = fake_pidfd_getfd,
		.process_vm_readv = fake_process_vm_readv,
		.pwrite = fake_pwrite,
		.set_note = fake_set_note,
		.get_note = fake_get_note,
	};
	fake_host_write(host, "dev/memflow", "", 0);
	fake_host_write(host, "sys/class/memflow/memflow/dev", "10:1\n", -1);
	return host;
}

static void remove_tree(const char *path)
{
	g_autoptr(GDir) dir = NULL;
	const char *entry;

	if (g_file_test(path, G_FILE_TEST_IS_DIR) && !g_file_test(path, G_FILE_TEST_IS_SYMLINK))
		dir = g_dir_open(path, 0, NULL);
	while (dir && (entry = g_dir_read_name(dir))) {
		g_autofree char *child = g_build_filename(path, entry, NULL);

		remove_tree(child);
	}
	g_remove(path);
}

void fake_host_write(FakeHost *host, const char *path, const char *content, gssize length)
{
	g_autofree char *full = g_build_filename(host->root, path, NULL);
	g_autofree char *fresh =
		g_strdup_printf("%s/fresh-%lx", host->root, (gulong)pthread_self());
	g_autofree char *directory = g_path_get_dirname(full);

	g_assert_cmpint(g_mkdir_with_parents(directory, 0700), ==, 0);
	/* Another file each time, as who saves its state does; but none that waits for a disk. */
	g_assert_true(g_file_set_contents_full(fresh, content, length, G_FILE_SET_CONTENTS_NONE,
					       0600, NULL));
	g_assert_cmpint(g_rename(fresh, full), ==, 0);
}

void fake_host_remove(FakeHost *host, const char *path)
{
	g_autofree char *full = g_build_filename(host->root, path, NULL);

	remove_tree(full);
}

static char *cmdline(const char *name, const char *uuid, gsize *length)
{
	GString *text = g_string_new("/usr/bin/qemu-system-x86_64");
	g_auto(GStrv) parts = g_strsplit(name, ",", -1);
	g_autofree char *escaped = g_strjoinv(",,", parts);

	g_string_append_c(text, '\0');
	g_string_append(text, "-name");
	g_string_append_c(text, '\0');
	g_string_append_printf(text, "guest=%s,debug-threads=on", escaped);
	g_string_append_c(text, '\0');
	g_string_append(text, "-S");
	g_string_append_c(text, '\0');
	g_string_append(text, "-uuid");
	g_string_append_c(text, '\0');
	g_string_append(text, uuid);
	g_string_append_c(text, '\0');
	*length = text->len;
	return g_string_free(text, FALSE);
}

/* With the lock. */
static void write_maps(FakeVm *vm)
{
	g_autoptr(GString) text = g_string_new("55e0c0000000-55e0c0001000 r--p 00000000 08:01 77   "
					       "                 /usr/bin/qemu-system-x86_64\n");
	g_autofree char *path = g_strdup_printf("proc/%d/maps", (int)vm->pid);
	struct stat status;

	g_assert_cmpint(fstat(vm->memory, &status), ==, 0);
	for (guint i = 0; i < vm->slots->len; i++) {
		const struct memflow_memslot *slot =
			&g_array_index(vm->slots, struct memflow_memslot, i);
		const guint64 start = FAKE_HVA + (guint64)slot->gpa;

		g_string_append_printf(text, "%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x ",
				       start, start + (guint64)slot->length);
		if (vm->shared)
			g_string_append_printf(text,
					       "rw-s %08" G_GINT64_MODIFIER "x %02x:%02x %lu   "
					       "/memfd:fake-vm (deleted)\n",
					       (guint64)slot->gpa, major(status.st_dev), minor(status.st_dev),
					       (gulong)status.st_ino);
		else
			g_string_append(text, "rw-p 00000000 00:00 0 \n");
	}
	fake_host_write(vm->host, path, text->str, -1);
}

void fake_vm_touch_state(FakeVm *vm)
{
	g_autofree char *path = g_strdup_printf("run/libvirt/qemu/%s.xml", vm->name);
	g_autofree char *text = g_strdup_printf("<domstatus state='running'>\n<devices n='%u'/>\n",
						vm->n_states);

	if (!strchr(vm->name, '/') && strlen(vm->name) < 250)
		fake_host_write(vm->host, path, text, -1);
}

void fake_vm_save_state(FakeVm *vm)
{
	pthread_mutex_lock(&vm->host->lock);
	vm->n_states++;
	fake_vm_touch_state(vm);
	pthread_mutex_unlock(&vm->host->lock);
}

void fake_vm_share(FakeVm *vm)
{
	g_autofree char *link =
		g_strdup_printf("%s/proc/%d/fd/13", vm->host->root, (int)vm->pid);

	g_assert_cmpint(symlink("/memfd:fake-vm (deleted)", link), ==, 0);
	vm->shared = TRUE;
	write_maps(vm);
}

FakeVm *fake_vm_start(FakeHost *host, const char *name, const char *uuid, pid_t pid)
{
	FakeVm *vm = g_new0(FakeVm, 1);
	g_autofree char *directory = g_strdup_printf("proc/%d", (int)pid);
	g_autofree char *cmdline_path = g_build_filename(directory, "cmdline", NULL);
	g_autofree char *fd_path = g_strdup_printf("%s/%s/fd", host->root, directory);
	g_autofree char *link = g_build_filename(fd_path, "12", NULL);
	g_autofree char *other = g_build_filename(fd_path, "3", NULL);
	g_autofree char *pid_file = g_strdup_printf("run/libvirt/qemu/%s.pid", name);
	g_autofree char *pid_text = g_strdup_printf("%d\n", (int)pid);
	g_autofree char *words = NULL;
	const struct memflow_memslot ram = { .gpa = 0, .length = 1 << 20 };
	gsize length;

	vm->host = host;
	vm->name = g_strdup(name);
	vm->uuid = g_strdup(uuid);
	vm->pid = pid;
	vm->running = TRUE;
	vm->node_mode = 0660;
	g_assert_cmpint(pipe2(vm->exit_pipe, O_CLOEXEC), ==, 0);
	vm->memory = memfd_create("fake-vm", MFD_CLOEXEC);
	vm->status = memfd_create("fake-status", MFD_CLOEXEC);
	g_assert_cmpint(ftruncate(vm->memory, (off_t)1 << 42), ==, 0);
	g_assert_cmpint(ftruncate(vm->status, sysconf(_SC_PAGESIZE)), ==, 0);
	vm->status_page = mmap(NULL, (gsize)sysconf(_SC_PAGESIZE), PROT_READ | PROT_WRITE,
			       MAP_SHARED, vm->status, 0);
	g_assert_true(vm->status_page != MAP_FAILED);
	vm->status_page->abi = MEMFLOW_ABI_VERSION;
	vm->status_page->alive = 1;
	vm->slots = g_array_new(FALSE, TRUE, sizeof(struct memflow_memslot));
	fake_vm_plug(vm, &ram, 1);

	words = cmdline(name, uuid, &length);
	fake_host_write(host, cmdline_path, words, (gssize)length);
	g_assert_cmpint(g_mkdir_with_parents(fd_path, 0700), ==, 0);
	g_assert_cmpint(symlink("anon_inode:kvm-vm", link), ==, 0);
	g_assert_cmpint(symlink("anon_inode:kvm-vcpu:0", other), ==, 0);
	if (!strchr(name, '/') && strlen(name) < 250)
		fake_host_write(host, pid_file, pid_text, -1);

	pthread_mutex_lock(&host->lock);
	g_ptr_array_add(host->vms, vm);
	pthread_mutex_unlock(&host->lock);
	return vm;
}

void fake_vm_stop(FakeVm *vm)
{
	g_autofree char *proc = g_strdup_printf("proc/%d", (int)vm->pid);

	/* As the module does it: the status first, then the memory goes. */
	__atomic_store_n(&vm->status_page->alive, 0, __ATOMIC_RELEASE);
	pthread_mutex_lock(&vm->host->lock);
	vm->running = FALSE;
	pthread_mutex_unlock(&vm->host->lock);
	fake_vm_unpublish(vm);
	/* A file outlives the process that had it mapped. */
	if (!vm->shared)
		fallocate(vm->memory, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, (off_t)1 << 42);
	if (vm->exit_pipe[1] >= 0)
		close(vm->exit_pipe[1]);
	vm->exit_pipe[1] = -1;
	fake_host_remove(vm->host, proc);
}

/* With the lock. */
static void set_slots(FakeVm *vm, const struct memflow_memslot *slots, guint n)
{
	g_array_set_size(vm->slots, 0);
	g_array_append_vals(vm->slots, slots, n);
	__atomic_store_n(&vm->status_page->generation, vm->status_page->generation + 2,
			 __ATOMIC_RELEASE);
}

void fake_vm_set_slots(FakeVm *vm, const struct memflow_memslot *slots, guint n)
{
	pthread_mutex_lock(&vm->host->lock);
	set_slots(vm, slots, n);
	pthread_mutex_unlock(&vm->host->lock);
}

void fake_host_set_number(FakeHost *host, const char *node, guint number)
{
	g_autofree char *path = number_path(host->root, node);
	g_autofree char *directory = g_path_get_dirname(path);
	g_autofree char *target = g_strdup_printf("%u", number);

	g_assert_cmpint(g_mkdir_with_parents(directory, 0700), ==, 0);
	g_remove(path);
	g_assert_cmpint(symlink(target, path), ==, 0);
}

/* What leads from a node to its device: its number, and that number's link in sysfs. */
static void add_number(FakeVm *vm)
{
	FakeHost *host = vm->host;
	g_autofree char *directory = g_build_filename(host->env.sys, "dev/char", NULL);
	g_autofree char *link = g_strdup_printf("%s/%d:%u", directory, FAKE_MAJOR, vm->device);
	g_autofree char *target = g_build_filename(host->root, vm->sysfs, NULL);

	g_assert_cmpint(g_mkdir_with_parents(directory, 0700), ==, 0);
	g_assert_cmpint(symlink(target, link), ==, 0);
	fake_host_set_number(host, vm->node, vm->device);
}

static void remove_number(FakeVm *vm)
{
	g_autofree char *file = number_path("", vm->node);
	g_autofree char *link = g_strdup_printf("sys/dev/char/%d:%u", FAKE_MAJOR, vm->device);

	fake_host_remove(vm->host, file);
	fake_host_remove(vm->host, link);
}

void fake_vm_plug(FakeVm *vm, const struct memflow_memslot *slots, guint n)
{
	pthread_mutex_lock(&vm->host->lock);
	set_slots(vm, slots, n);
	write_maps(vm);
	vm->n_states++;
	fake_vm_touch_state(vm);
	pthread_mutex_unlock(&vm->host->lock);
}

/* As the kernel writes it: root's ids are left out. */
static char *make_uevent(const FakeVm *vm)
{
	GString *text = g_string_new(NULL);
	const mode_t mode = vm->node_readonly ? vm->node_mode & ~(mode_t)0222 : vm->node_mode;

	g_string_append_printf(text, "MAJOR=%d\nMINOR=%u\nDEVNAME=memflow-vms/%s\nDEVMODE=%#o\n",
			       FAKE_MAJOR, vm->device, vm->node, (guint)mode);
	if (vm->node_uid)
		g_string_append_printf(text, "DEVUID=%u\n", (guint)vm->node_uid);
	if (vm->node_gid)
		g_string_append_printf(text, "DEVGID=%u\n", (guint)vm->node_gid);
	g_string_append_printf(text, "MEMFLOW_NAME=%s\n", vm->node);
	return g_string_free(text, FALSE);
}

void fake_vm_publish(FakeVm *vm, gboolean readonly)
{
	FakeHost *host = vm->host;
	g_autofree char *number = g_strdup_printf("%d\n", (int)vm->pid);
	g_autofree char *name = g_strdup_printf("%s\n", vm->name);
	g_autofree char *uuid = g_strdup_printf("%s\n", vm->uuid);
	g_autofree char *uevent = NULL;
	const char *attributes[][2] = {
		{ "name", name }, { "uuid", uuid }, { "pid", number },
		{ "readonly", readonly ? "1\n" : "0\n" }, { "uevent", NULL },
	};

	vm->node = mfl_name_encode(vm->name);
	vm->node_readonly = readonly;
	vm->device = host->next_device++;
	vm->sysfs = g_strdup_printf("sys/class/memflow/memflow-vm%u", vm->device);
	uevent = make_uevent(vm);
	attributes[4][1] = uevent;
	for (guint i = 0; i < G_N_ELEMENTS(attributes); i++) {
		g_autofree char *path = g_build_filename(vm->sysfs, attributes[i][0], NULL);

		fake_host_write(host, path, attributes[i][1], -1);
	}
	add_number(vm);
}

void fake_vm_unpublish(FakeVm *vm)
{
	if (!vm->node)
		return;
	remove_number(vm);
	fake_host_remove(vm->host, vm->sysfs);
	g_clear_pointer(&vm->node, g_free);
	g_clear_pointer(&vm->note, g_free);
	g_clear_pointer(&vm->sysfs, g_free);
}

void fake_vm_poke(FakeVm *vm, guint64 gpa, const void *data, gsize length)
{
	g_assert_cmpint(pwrite(vm->memory, data, length, (off_t)gpa), ==, (gssize)length);
}

void fake_vm_peek(FakeVm *vm, guint64 gpa, void *data, gsize length)
{
	g_assert_cmpint(pread(vm->memory, data, length, (off_t)gpa), ==, (gssize)length);
}

static void vm_free(FakeVm *vm)
{
	munmap(vm->status_page, (gsize)sysconf(_SC_PAGESIZE));
	close(vm->memory);
	close(vm->status);
	close(vm->exit_pipe[0]);
	if (vm->exit_pipe[1] >= 0)
		close(vm->exit_pipe[1]);
	g_array_unref(vm->slots);
	g_free(vm->node);
	g_free(vm->note);
	g_free(vm->sysfs);
	g_free(vm->name);
	g_free(vm->uuid);
	g_free(vm);
}

void fake_host_forget_stopped(FakeHost *host)
{
	pthread_mutex_lock(&host->lock);
	for (guint i = host->vms->len; i-- > 0;) {
		FakeVm *vm = g_ptr_array_index(host->vms, i);

		if (vm->running)
			continue;
		vm_free(vm);
		g_ptr_array_remove_index(host->vms, i);
	}
	pthread_mutex_unlock(&host->lock);
}

void fake_host_free(FakeHost *host)
{
	for (guint i = 0; i < host->vms->len; i++)
		vm_free(g_ptr_array_index(host->vms, i));
	g_ptr_array_unref(host->vms);
	remove_tree(host->root);
	g_free(host->root);
	g_free((char *)host->env.proc);
	g_free((char *)host->env.sys);
	g_free((char *)host->env.dev);
	g_free((char *)host->env.run);
	g_free((char *)host->env.user_run);
	pthread_mutex_destroy(&host->lock);
	g_free(host);
	the_host = NULL;
}
