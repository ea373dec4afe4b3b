/* SPDX-License-Identifier: MIT */
/* ConnectorCpuState: pausing the guest and letting it go on, through libvirt. */
#include "instance.h"

#include "log.h"

/* Neither can return an error. A guest that is left paused stays so. */
static void set_paused(struct mf_container *self, gboolean paused)
{
	MfcInstance *instance = mfc_instance_of(self);
	g_autoptr(MflDomain) domain = mfl_memory_dup_domain(instance->memory);
	g_autoptr(GError) error = NULL;

	if (!(paused ? mfl_domain_suspend(domain, &error) : mfl_domain_resume(domain, &error)))
		mfc_log_error(instance->logger, MF_LOG_ERROR, error);
}

static void pause_domain(struct mf_container *self)
{
	set_paused(self, TRUE);
}

static void resume_domain(struct mf_container *self)
{
	set_paused(self, FALSE);
}

static const struct mf_cpu_vtbl cpu_vtbl = { .pause = pause_domain, .resume = resume_domain };

static int32_t cpu_state(struct mf_container *self, struct mf_cpu *out)
{
	*out = (struct mf_cpu){ .vtbl = &cpu_vtbl, .container = mfc_container_borrow(self) };
	return 0;
}

static int32_t into_cpu_state(struct mf_container self, struct mf_owned_cpu *out)
{
	*out = (struct mf_owned_cpu){
		.clone = &mfc_clone_vtbl,
		.cpu = &cpu_vtbl,
		.container = self,
	};
	return 0;
}

const struct mf_connector_cpu_vtbl mfc_connector_cpu_vtbl = {
	.cpu_state = cpu_state,
	.into_cpu_state = into_cpu_state,
};
