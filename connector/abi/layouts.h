/* SPDX-License-Identifier: MIT */
/*
 * The two type layouts a connector's descriptor points at, by which a memflow host decides whether
 * it and the plugin were built for the same types (memflow 0.2.4, src/plugins/mod.rs,
 * from_instance()). layouts-1.c has them for plugin ABI 1, that is memflow 0.2.x.
 */
#ifndef MFC_ABI_LAYOUTS_H
#define MFC_ABI_LAYOUTS_H

/* Opaque to whoever only passes it on; abi-stable.h says what is in it. */
struct sabi_type_layout;

/*
 * Hidden, so that the addresses in the descriptor are relative relocations, the only kind memflow's
 * analyzer reads (memflow 0.2.4, src/plugins/plugin_analyzer.rs, elf_apply_relocs()).
 */

/* <LoadableConnector as Loadable>::CInputArg, what create takes: COption<OsInstanceArcBox> */
extern const struct sabi_type_layout mfc_input_layout __attribute__((visibility("hidden")));

/* <LoadableConnector as Loadable>::Instance, what create makes: ConnectorInstanceArcBox */
extern const struct sabi_type_layout mfc_output_layout __attribute__((visibility("hidden")));

#endif
