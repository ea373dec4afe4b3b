/* SPDX-License-Identifier: MIT */
#include "log.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#define UUID "6f1d5f0a-3f0e-4a54-9d52-0a7f3f3c1b11"

typedef struct {
	char *dir;
	char *path;
	int fd;
} Fixture;

static int setup(void **state)
{
	Fixture *fixture = g_new0(Fixture, 1);
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	fixture->dir = g_dir_make_tmp("test-log-XXXXXX", NULL);
	fixture->path = g_build_filename(fixture->dir, "socket", NULL);
	g_strlcpy(address.sun_path, fixture->path, sizeof(address.sun_path));
	fixture->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	assert_int_equal(bind(fixture->fd, (struct sockaddr *)&address, sizeof(address)), 0);
	*state = fixture;
	return 0;
}

static int teardown(void **state)
{
	Fixture *fixture = *state;

	close(fixture->fd);
	g_remove(fixture->path);
	g_rmdir(fixture->dir);
	g_free(fixture->path);
	g_free(fixture->dir);
	g_free(fixture);
	return 0;
}

/* Reads a record as journald does (docs/JOURNAL_NATIVE_PROTOCOL.md): key to value. */
static GHashTable *receive(const Fixture *fixture)
{
	GHashTable *fields = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	char record[16384];
	ssize_t size = recv(fixture->fd, record, sizeof(record), 0);
	const char *p = record, *end = record + size;

	assert_true(size > 0);
	while (p < end) {
		const char *newline = memchr(p, '\n', (size_t)(end - p));
		guint64 length;
		char *key;

		assert_non_null(newline);
		key = g_strndup(p, (gsize)(newline - p));
		p = newline + 1;
		assert_true(end - p >= (ssize_t)sizeof(length));
		memcpy(&length, p, sizeof(length));
		p += sizeof(length);
		length = GUINT64_FROM_LE(length);
		assert_true((guint64)(end - p) > length);
		g_hash_table_insert(fields, key, g_strndup(p, length));
		p += length;
		assert_int_equal(*p++, '\n');
	}
	return fields;
}

static void test_journal(void **state)
{
	g_autoptr(GHashTable) fields = NULL;
	Fixture *fixture = *state;

	hook_log_init(fixture->path, NULL);
	hook_log_set_domain("win 10", UUID);
	errno = ENXIO;
	hook_log(LOG_WARNING, "attached, pid %d", 4711);
	assert_int_equal(errno, ENXIO);
	fields = receive(fixture);
	assert_string_equal(g_hash_table_lookup(fields, "MESSAGE"), "win 10: attached, pid 4711");
	assert_string_equal(g_hash_table_lookup(fields, "PRIORITY"), "4");
	assert_string_equal(g_hash_table_lookup(fields, "SYSLOG_IDENTIFIER"), "memflow-hook");
	assert_string_equal(g_hash_table_lookup(fields, "DOMAIN_NAME"), "win 10");
	assert_string_equal(g_hash_table_lookup(fields, "DOMAIN_UUID"), UUID);
}

static void test_names_forge_nothing(void **state)
{
	static const char name[] = "a\nPRIORITY=0\nb";
	g_autoptr(GHashTable) fields = NULL;
	Fixture *fixture = *state;

	hook_log_init(fixture->path, NULL);
	hook_log_set_domain(name, NULL);
	hook_log(LOG_INFO, "x");
	fields = receive(fixture);
	assert_string_equal(g_hash_table_lookup(fields, "MESSAGE"), "a?PRIORITY=0?b: x");
	assert_string_equal(g_hash_table_lookup(fields, "PRIORITY"), "6");
	assert_string_equal(g_hash_table_lookup(fields, "DOMAIN_NAME"), name);
	assert_null(g_hash_table_lookup(fields, "DOMAIN_UUID"));
}

static void test_long_and_broken_text(void **state)
{
	g_autoptr(GHashTable) cut = NULL;
	g_autoptr(GHashTable) broken = NULL;
	g_autoptr(GString) text = g_string_new(NULL);
	Fixture *fixture = *state;
	const char *message;

	/* With "abc: " an odd place to cut through characters of two bytes. */
	while (text->len < 6000)
		g_string_append(text, "\xc3\xa4");
	hook_log_init(fixture->path, NULL);
	hook_log_set_domain("abc", NULL);
	hook_log(LOG_INFO, "%s", text->str);
	cut = receive(fixture);
	message = g_hash_table_lookup(cut, "MESSAGE");
	assert_true(strlen(message) > 2000);
	assert_true(g_utf8_validate(message, -1, NULL));

	hook_log_set_domain("\xff\xfe", NULL);
	hook_log(LOG_INFO, "x");
	broken = receive(fixture);
	assert_string_equal(g_hash_table_lookup(broken, "MESSAGE"), "(not UTF-8): x");
}

static void test_syslog(void **state)
{
	g_autofree char *expected =
		g_strdup_printf("<%d>memflow-hook[%d]: win10: x", LOG_DAEMON | LOG_ERR, getpid());
	Fixture *fixture = *state;
	char record[256] = "";

	hook_log_init("/nonexistent/journal", fixture->path);
	hook_log_set_domain("win10", NULL);
	hook_log(LOG_ERR, "x");
	assert_true(recv(fixture->fd, record, sizeof(record) - 1, 0) > 0);
	assert_string_equal(record, expected);
}

/* A journal that is there and does not read: the line is lost, and the hook goes on. */
static void test_full_queue(void **state)
{
	Fixture *fixture = *state;
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	char record[256];
	int sent = 0;

	g_strlcpy(address.sun_path, fixture->path, sizeof(address.sun_path));
	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	while (send(fd, "x", 1, 0) == 1)
		sent++;
	assert_int_equal(errno, EAGAIN);
	hook_log_init(fixture->path, fixture->path);
	hook_log_set_domain("win10", NULL);
	hook_log(LOG_ERR, "lost");
	while (recv(fixture->fd, record, sizeof(record), 0) == 1)
		sent--;
	assert_int_equal(sent, 0);
	hook_log(LOG_ERR, "arrives");
	assert_true(recv(fixture->fd, record, sizeof(record), 0) > 1);
	close(fd);
}

static void test_no_socket(void **state)
{
	Fixture *fixture = *state;

	hook_log_init(fixture->dir, "/nonexistent");
	hook_log(LOG_ERR, "x");
	hook_log_init(NULL, NULL);
	hook_log(LOG_ERR, "x");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_journal), TEST(test_names_forge_nothing), TEST(test_long_and_broken_text),
		TEST(test_syslog),  TEST(test_full_queue),	    TEST(test_no_socket),
	};

	return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
