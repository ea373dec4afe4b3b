/* SPDX-License-Identifier: MIT */
#include "log.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

/* A full journal queue gets this long to drain. */
#define PATIENCE_MS 50

#define MESSAGE_MAX 2048
#define NAME_MAX_BYTES 1024
#define UUID_MAX_BYTES 37

static struct {
	const char *journal_socket;
	const char *syslog_socket;
	const char *name;
	char uuid[UUID_MAX_BYTES];
} context;

void hook_log_init(const char *journal_socket, const char *syslog_socket)
{
	context.journal_socket = journal_socket;
	context.syslog_socket = syslog_socket;
}

void hook_log_set_domain(const char *name, const char *uuid)
{
	context.name = g_utf8_validate(name, -1, NULL) ? name : "(not UTF-8)";
	g_strlcpy(context.uuid, uuid ? uuid : "", sizeof(context.uuid));
}

static gboolean send_to(const char *path, struct iovec *parts, size_t n_parts)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	struct msghdr message = { .msg_iov = parts, .msg_iovlen = n_parts };
	gboolean sent = FALSE;
	int fd;

	if (!path || g_strlcpy(address.sun_path, path, sizeof(address.sun_path)) >=
			     sizeof(address.sun_path))
		return FALSE;
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return FALSE;
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0) {
		sent = sendmsg(fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT) >= 0;
		if (!sent && errno == EAGAIN) {
			struct pollfd ready = { .fd = fd, .events = POLLOUT };

			poll(&ready, 1, PATIENCE_MS);
			/* There, but not listening: syslog would be no better. */
			sendmsg(fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
			sent = TRUE;
		}
	}
	close(fd);
	return sent;
}

/* A field in the form that allows any byte in its value: KEY \n LENGTH VALUE \n. */
typedef struct {
	const char *key;
	const char *value;
	guint64 length;
} Field;

static gboolean send_to_journal(int priority, const char *message)
{
	char digit[2] = { (char)('0' + LOG_PRI(priority)), '\0' };
	char pid[16];
	Field fields[] = {
		{ "MESSAGE", message, 0 },
		{ "PRIORITY", digit, 0 },
		{ "SYSLOG_IDENTIFIER", HOOK_LOG_IDENTIFIER, 0 },
		{ "SYSLOG_PID", pid, 0 },
		{ "DOMAIN_NAME", context.name, 0 },
		{ "DOMAIN_UUID", context.uuid, 0 },
	};
	struct iovec parts[G_N_ELEMENTS(fields) * 5];
	size_t n = 0;

	snprintf(pid, sizeof(pid), "%d", getpid());
	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
		Field *field = &fields[i];
		size_t length;

		if (!field->value || !*field->value)
			continue;
		length = strnlen(field->value, MESSAGE_MAX);
		field->length = GUINT64_TO_LE(length);
		parts[n++] = (struct iovec){ (void *)field->key, strlen(field->key) };
		parts[n++] = (struct iovec){ (void *)"\n", 1 };
		parts[n++] = (struct iovec){ &field->length, sizeof(field->length) };
		parts[n++] = (struct iovec){ (void *)field->value, length };
		parts[n++] = (struct iovec){ (void *)"\n", 1 };
	}
	return send_to(context.journal_socket, parts, n);
}

static gboolean send_to_syslog(int priority, const char *message)
{
	char head[64];
	struct iovec parts[] = {
		{ head, 0 },
		{ (void *)message, strlen(message) },
	};

	parts[0].iov_len = (size_t)snprintf(head, sizeof(head), "<%d>%s[%d]: ",
					    LOG_MAKEPRI(LOG_DAEMON, priority), HOOK_LOG_IDENTIFIER,
					    getpid());
	return send_to(context.syslog_socket, parts, G_N_ELEMENTS(parts));
}

/* One event, one line; and a name must not be able to forge another. */
static void make_one_line(char *text)
{
	const char *end;

	for (char *p = text; *p; p++) {
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			*p = '?';
	}
	/* It may have been cut in the middle of a character. */
	if (!g_utf8_validate(text, -1, &end))
		text[end - text] = '\0';
}

void hook_log(int priority, const char *format, ...)
{
	int saved = errno;
	char message[MESSAGE_MAX];
	int length = 0;
	va_list args;

	if (context.name)
		length = snprintf(message, sizeof(message), "%.*s: ", NAME_MAX_BYTES, context.name);
	va_start(args, format);
	vsnprintf(message + length, sizeof(message) - (size_t)length, format, args);
	va_end(args);
	make_one_line(message);
	if (!send_to_journal(priority, message))
		send_to_syslog(priority, message);
	errno = saved;
}
