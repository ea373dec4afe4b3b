// SPDX-License-Identifier: MIT
/*
 * The one place that writes to standard error: every message begins with the
 * tool's name and is safe to show, whatever a domain is called.
 */
#include <errno.h>
#include <poll.h>

#include "exit-status.h"
#include "memflowctl.h"
#include "text.h"

static void print_message(struct ctl *ctl, const char *message)
{
	g_autofree char *safe = ctl_escape_message(message);

	/* What was printed so far comes first where both streams are one terminal. */
	fflush(ctl->out);
	fprintf(ctl->err, "memflowctl: %s\n", safe);
}

int ctl_fail(struct ctl *ctl, const GError *error)
{
	print_message(ctl, error->message);
	return ctl_status_from_error(error);
}

int ctl_fail_text(struct ctl *ctl, int status, const char *format, ...)
{
	g_autofree char *message = NULL;
	va_list args;

	va_start(args, format);
	message = g_strdup_vprintf(format, args);
	va_end(args);
	print_message(ctl, message);
	return status;
}

int ctl_fail_usage(struct ctl *ctl, const struct ctl_command *command, const char *format, ...)
{
	g_autofree char *message = NULL;
	va_list args;

	va_start(args, format);
	message = g_strdup_vprintf(format, args);
	va_end(args);
	print_message(ctl, message);
	if (command)
		fprintf(ctl->err, "Try \"memflowctl %s --help\".\n", command->name);
	else
		fprintf(ctl->err, "Try \"memflowctl help\".\n");
	return CTL_USAGE;
}

void ctl_note(struct ctl *ctl, const char *format, ...)
{
	g_autofree char *message = NULL;
	va_list args;

	va_start(args, format);
	message = g_strdup_vprintf(format, args);
	va_end(args);
	print_message(ctl, message);
}

/* errno of a failed write may be lost by now; the pipe itself still knows. */
static gboolean is_closed_pipe(FILE *out)
{
	struct pollfd pfd = { .fd = fileno(out) };

	return pfd.fd >= 0 && poll(&pfd, 1, 0) == 1 && (pfd.revents & POLLERR);
}

int ctl_finish_output(struct ctl *ctl, int status)
{
	int errnum = 0;

	if (fflush(ctl->out))
		errnum = errno;
	if (!errnum && !ferror(ctl->out))
		return status;
	if (!status)
		status = CTL_FAILURE;
	if (errnum == EPIPE || is_closed_pipe(ctl->out))
		return status;
	return ctl_fail_text(ctl, status, "cannot write to standard output: %s",
			     errnum ? g_strerror(errnum) : "not everything arrived there");
}
