/* SPDX-License-Identifier: MIT */
#include "report.h"

#include <errno.h>
#include <limits.h>
#include <unistd.h>

G_STATIC_ASSERT(sizeof(HookReport) <= PIPE_BUF);

void hook_report_send(int fd, const HookReport *report)
{
	ssize_t written;

	do {
		written = write(fd, report, sizeof(*report));
	} while (written < 0 && errno == EINTR);
}

int hook_report_receive(int fd, HookReport *report)
{
	ssize_t length;

	do {
		length = read(fd, report, sizeof(*report));
	} while (length < 0 && errno == EINTR);
	if (length < 0 && errno == EAGAIN)
		return -1;
	if (length != sizeof(*report))
		return 0;
	report->reason[sizeof(report->reason) - 1] = '\0';
	return 1;
}
