// SPDX-License-Identifier: MIT
/*
 * memflowctl on a host that is made for each call, for test-shells: so that domains are there to be
 * completed, with the names that make shells stumble.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "fakehost.h"
#include "memflowctl.h"

int main(int argc, char **argv)
{
	g_autoptr(FakeHost) host = fake_host_new();
	struct ctl ctl = {
		.in = stdin,
		.out = stdout,
		.err = stderr,
		.env = &host->env,
		.policy_file = "/nonexistent/policy.conf",
	};

	(void)argc;
	setlocale(LC_CTYPE, "");
	g_set_prgname("memflowctl");
	fake_vm_publish(fake_vm_start(host, "win10", FAKE_UUID_A, 4711), FALSE);
	fake_vm_start(host, "two words", FAKE_UUID_B, 4712);
	fake_vm_start(host, "$(touch pwned)", "0c0c0c0c-1111-2222-3333-444444444444", 4713);
	fake_vm_start(host, "co:lon", "0d0d0d0d-1111-2222-3333-444444444444", 4714);
	return ctl_run(&ctl, argv);
}
