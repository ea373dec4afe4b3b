/* SPDX-License-Identifier: MIT */
#include "kmod.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

long kmod_assert_ok(long result, const char *call, const char *file, int line)
{
	if (result < 0) {
		print_error("%s: %s\n", call, strerror(result == -1 ? errno : (int)-result));
		_fail(file, line);
	}
	return result;
}

void kmod_assert_errno(long result, int expected, const char *call, const char *file, int line)
{
	int got = result >= 0 ? 0 : result == -1 ? errno : (int)-result;

	if (got != expected) {
		print_error("%s: %s, not %s\n", call, strerror(got), strerror(expected));
		_fail(file, line);
	}
}

int kmod_setup(void **state)
{
	(void)state;
	if (access("/dev/memflow", F_OK)) {
		print_error("no /dev/memflow: modprobe memflow\n");
		return -1;
	}
	cmocka_set_test_filter(getenv("MEMFLOW_TESTS"));
	return 0;
}

unsigned int kmod_patience(void)
{
	const char *text = getenv("MEMFLOW_PATIENCE");
	unsigned long factor = text ? strtoul(text, NULL, 10) : 0;

	return factor ? (unsigned int)factor : 1;
}

int kmod_control(void)
{
	return (int)assert_ok(open("/dev/memflow", O_RDONLY | O_CLOEXEC));
}

int kmod_vm_fd(const struct testvm *vm)
{
	struct testvm *client = (struct testvm *)vm;
	uint64_t number;
	int pidfd, fd;

	assert_ok(testvm_value(client, &number, "vmfd"));
	pidfd = (int)assert_ok(syscall(SYS_pidfd_open, vm->pid, 0));
	fd = (int)assert_ok(syscall(SYS_pidfd_getfd, pidfd, (int)number, 0));
	close(pidfd);
	return fd;
}

int kmod_attach(const struct testvm *vm, unsigned int flags)
{
	struct memflow_attach attach = { .size = sizeof(attach), .flags = flags };
	int control = kmod_control();
	int target;

	attach.vm_fd = kmod_vm_fd(vm);
	target = (int)assert_ok(ioctl(control, MEMFLOW_IOC_ATTACH, &attach));
	close(attach.vm_fd);
	close(control);
	return target;
}

int kmod_publish(const struct testvm *vm, const char *node, unsigned int flags, unsigned int gid,
		 unsigned int mode)
{
	struct memflow_publish publish = {
		.size = sizeof(publish),
		.flags = flags,
		.vm_fd = -1,
		.pid = vm->pid,
		.gid = gid,
		.mode = mode,
		.uuid = { 0x12, 0x34 },
	};
	int control = kmod_control();
	int ret;

	assert_true(strlen(node) < sizeof(publish.node));
	memcpy(publish.node, node, strlen(node));
	memcpy(publish.name, node, strlen(node));
	ret = ioctl(control, MEMFLOW_IOC_PUBLISH, &publish) ? -errno : 0;
	close(control);
	return ret;
}

int kmod_unpublish(const char *node, unsigned int flags)
{
	struct memflow_unpublish unpublish = { .size = sizeof(unpublish), .flags = flags };
	int control = kmod_control();
	int ret;

	assert_true(strlen(node) < sizeof(unpublish.node));
	memcpy(unpublish.node, node, strlen(node));
	ret = ioctl(control, MEMFLOW_IOC_UNPUBLISH, &unpublish) ? -errno : 0;
	close(control);
	return ret;
}

int kmod_open_node(const char *node, int flags)
{
	char path[512];
	int fd;

	snprintf(path, sizeof(path), "/dev/memflow-vms/%s", node);
	fd = open(path, flags | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

volatile uint64_t *kmod_map(int target, uint64_t gpa, uint64_t length, int prot)
{
	void *map = mmap(NULL, length, prot, MAP_SHARED, target, (off_t)gpa);

	if (map == MAP_FAILED)
		fail_msg("mmap of 0x%jx bytes at 0x%jx: %s", (uintmax_t)length, (uintmax_t)gpa,
			 strerror(errno));
	return map;
}

const volatile struct memflow_status *kmod_status(int target)
{
	return (void *)kmod_map(target, MEMFLOW_STATUS_OFFSET, PAGE, PROT_READ);
}

void kmod_info(int target, struct memflow_info *info)
{
	memset(info, 0, sizeof(*info));
	info->size = sizeof(*info);
	assert_ok(ioctl(target, MEMFLOW_IOC_INFO, info));
}

unsigned long kmod_faults_so_far(void)
{
	struct rusage usage;

	getrusage(RUSAGE_THREAD, &usage);
	return (unsigned long)usage.ru_minflt;
}

uint64_t kmod_count_wrong(const volatile uint64_t *words, uint64_t gpa, uint64_t length,
			  uint64_t seed)
{
	uint64_t wrong = 0;
	uint64_t i;

	for (i = 0; i < length / sizeof(*words); i++)
		wrong += words[i] != (testguest_pattern(gpa + i * sizeof(*words)) ^ seed);
	return wrong;
}

static void *look(void *data)
{
	struct kmod_race *race = data;

	while (!race->stop) {
		uint64_t i;

		for (i = 0; i < race->length / 8; i += race->stride) {
			uint64_t word = race->memory[i];
			uint64_t seed = word ^ testguest_pattern(race->gpa + i * 8);

			race->wrong += word && seed > race->max_seed;
			race->checks++;
		}
	}
	return NULL;
}

#define RACERS(race) (sizeof((race)->threads) / sizeof((race)->threads[0]))

void kmod_race_begin(struct kmod_race *race)
{
	unsigned int i;

	for (i = 0; i < RACERS(race); i++)
		assert_int_equal(pthread_create(&race->threads[i], NULL, look, race), 0);
}

void kmod_race_end(struct kmod_race *race)
{
	unsigned int i;

	race->stop = true;
	for (i = 0; i < RACERS(race); i++)
		pthread_join(race->threads[i], NULL);
	assert_int_equal(race->wrong, 0);
	assert_true(race->checks > 0);
}

unsigned int kmod_use_count(void)
{
	FILE *modules = fopen("/proc/modules", "re");
	unsigned int count = ~0U;
	char line[512];

	assert_non_null(modules);
	while (fgets(line, sizeof(line), modules))
		if (sscanf(line, "memflow %*u %u", &count) == 1)
			break;
	fclose(modules);
	assert_int_not_equal(count, ~0U);
	return count;
}

uint64_t kmod_meminfo(const char *name)
{
	FILE *meminfo = fopen("/proc/meminfo", "re");
	unsigned long kib = 0;
	bool found = false;
	char line[256];

	assert_non_null(meminfo);
	while (!found && fgets(line, sizeof(line), meminfo))
		found = !strncmp(line, name, strlen(name)) && line[strlen(name)] == ':' &&
			sscanf(line + strlen(name), ": %lu", &kib) == 1;
	fclose(meminfo);
	assert_true(found);
	return kib * KIB;
}

static sigjmp_buf fault_return;

static void on_sigbus(int signal)
{
	siglongjmp(fault_return, signal);
}

static bool faults(volatile uint64_t *word, const uint64_t *value)
{
	struct sigaction action = { .sa_handler = on_sigbus }, old;
	volatile bool faulted = true;

	sigaction(SIGBUS, &action, &old);
	if (!sigsetjmp(fault_return, 1)) {
		if (value)
			*word = *value;
		else
			(void)*word;
		faulted = false;
	}
	sigaction(SIGBUS, &old, NULL);
	return faulted;
}

bool kmod_read_faults(const volatile uint64_t *word)
{
	return faults((volatile uint64_t *)word, NULL);
}

bool kmod_write_faults(volatile uint64_t *word, uint64_t value)
{
	return faults(word, &value);
}
