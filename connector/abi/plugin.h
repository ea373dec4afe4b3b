/* SPDX-License-Identifier: MIT */
/*
 * memflow's plugin ABI 1 in C: what a connector hands to a memflow host and gets
 * from it.
 *
 * Read off memflow 0.2.4 with cglue 0.2.14 and log 0.4; 0.2.0, 0.2.1 and 0.2.3 are
 * the same where they meet a connector. The file behind each section is named
 * there. Everything is for 64-bit little-endian hosts, where Rust's usize, isize
 * and pointers are 8 bytes. `extern "C"` functions take and return these structs
 * by value as C does; that is why their sizes matter and are asserted.
 *
 * Rust's types and how they look here:
 *   &T, &mut T, Option<&T>, Option<fn>   a pointer; NULL is None
 *   MaybeUninit<T>                       T
 *   PhantomData, *RetTmp (empty)         nothing
 *   bool                                 bool, 0 or 1 and nothing else
 * A T by value is owned by who receives it, and has to be dropped there.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MF_ASSERT_SIZE(type, size) \
	_Static_assert(sizeof(type) == (size), #type " is not " #size " bytes")
#define MF_ASSERT_OFFSET(type, member, offset) \
	_Static_assert(offsetof(type, member) == (offset), #type "." #member " is not at " #offset)

#define MF_PLUGIN_VERSION 1 /* MEMFLOW_PLUGIN_VERSION, memflow src/plugins/mod.rs */

/* ------------------------------------------------------- cglue src/slice.rs -- */

/* CSliceRef<u8> and &str: not terminated. @data of an empty one is not NULL. */
struct mf_slice {
	const uint8_t *data;
	size_t len;
};
MF_ASSERT_SIZE(struct mf_slice, 16);

/* CSliceMut<u8> */
struct mf_slice_mut {
	uint8_t *data;
	size_t len;
};
MF_ASSERT_SIZE(struct mf_slice_mut, 16);

/* ------------------------------------------------ cglue src/repr_cstring.rs -- */

/*
 * ReprCString: a terminated string on the heap. Who owns it frees it as a Rust
 * Box<[u8]>, that is with free(3) in a host with Rust's default allocator. What a
 * plugin gives away has to come from malloc(3) therefore, and what it is given it
 * leaves to the host, unless it is passed by value.
 */
typedef char *mf_string;

/* ------------------------------------------------------ cglue src/option.rs -- */

/* COption<bool>, a repr(C) enum */
struct mf_option_bool {
	int32_t some; /* 0: None, 1: Some */
	bool value;
};
MF_ASSERT_SIZE(struct mf_option_bool, 8);

/* COption<u32> */
struct mf_option_u32 {
	int32_t some;
	uint32_t value;
};
MF_ASSERT_SIZE(struct mf_option_u32, 8);

/* COption<CSliceRef<u8>> */
struct mf_option_slice {
	int32_t some;
	struct mf_slice value;
};
MF_ASSERT_SIZE(struct mf_option_slice, 24);
MF_ASSERT_OFFSET(struct mf_option_slice, value, 8);

/* ------------------------------------- cglue src/boxed.rs, arc.rs and vec.rs -- */

/* CBox<c_void>: an object and how to drop it (NULL: it is only lent) */
struct mf_box {
	void *instance;
	void (*drop_fn)(void *instance);
};
MF_ASSERT_SIZE(struct mf_box, 16);

/* CArc<c_void>: a reference, here to the loaded library; @instance may be NULL */
struct mf_arc {
	const void *instance;
	const void *(*clone_fn)(const void *instance);
	void (*drop_fn)(const void *instance);
};
MF_ASSERT_SIZE(struct mf_arc, 24);

/* -------------------------------------------------- cglue src/trait_group.rs -- */

/*
 * CGlueObjContainer<CBox<c_void>, CArc<c_void>, _> and the containers of the groups
 * ConnectorInstance, IntoCpuState and OsInstance: an object that keeps the library
 * loaded.
 */
struct mf_container {
	struct mf_box instance;
	struct mf_arc context;
};
MF_ASSERT_SIZE(struct mf_container, 40);
MF_ASSERT_OFFSET(struct mf_container, context, 16);

/* ---------------------------------- cglue src/callback.rs, iter.rs, tuple.rs -- */

/* memflow src/types/address.rs, physical_address.rs, page.rs */
typedef uint64_t mf_address;
#define MF_ADDRESS_INVALID UINT64_MAX

struct mf_physical_address {
	mf_address address;
	uint8_t page_type; /* PageType; a hint for caches */
	uint8_t page_size_log2;
};
MF_ASSERT_SIZE(struct mf_physical_address, 16);

/* ReadData: CTup2<Address, CSliceMut<u8>>; the address is the caller's own mark */
struct mf_read_data {
	mf_address meta;
	struct mf_slice_mut buffer;
};
MF_ASSERT_SIZE(struct mf_read_data, 24);

/* WriteData: CTup2<Address, CSliceRef<u8>> */
struct mf_write_data {
	mf_address meta;
	struct mf_slice buffer;
};
MF_ASSERT_SIZE(struct mf_write_data, 24);

/* ReadDataRaw: CTup3<Address, Address, CSliceMut<u8>> */
struct mf_read_data_raw {
	mf_address address;
	mf_address meta;
	struct mf_slice_mut buffer;
};
MF_ASSERT_SIZE(struct mf_read_data_raw, 32);

/* WriteDataRaw: CTup3<Address, Address, CSliceRef<u8>> */
struct mf_write_data_raw {
	mf_address address;
	mf_address meta;
	struct mf_slice buffer;
};
MF_ASSERT_SIZE(struct mf_write_data_raw, 32);

/* PhysicalReadData: CTup3<PhysicalAddress, Address, CSliceMut<u8>> */
struct mf_phys_read_data {
	struct mf_physical_address address;
	mf_address meta;
	struct mf_slice_mut buffer;
};
MF_ASSERT_SIZE(struct mf_phys_read_data, 40);

/* PhysicalWriteData: CTup3<PhysicalAddress, Address, CSliceRef<u8>> */
struct mf_phys_write_data {
	struct mf_physical_address address;
	mf_address meta;
	struct mf_slice buffer;
};
MF_ASSERT_SIZE(struct mf_phys_write_data, 40);

/* CIterator<T>: @func writes the next T to @out and returns 0, or 1 at the end. */
struct mf_iterator {
	void *iter;
	int32_t (*func)(void *iter, void *out);
};
MF_ASSERT_SIZE(struct mf_iterator, 16);

/* OpaqueCallback<T>; the callee owns the T. False: the caller may stop calling. */
struct mf_read_callback {
	void *context;
	bool (*func)(void *context, struct mf_read_data data);
};
MF_ASSERT_SIZE(struct mf_read_callback, 16);

struct mf_write_callback {
	void *context;
	bool (*func)(void *context, struct mf_write_data data);
};
MF_ASSERT_SIZE(struct mf_write_callback, 16);

struct mf_string_callback {
	void *context;
	bool (*func)(void *context, mf_string string);
};
MF_ASSERT_SIZE(struct mf_string_callback, 16);

/* ---------------------------------------------- memflow src/mem/mem_data.rs -- */

/*
 * MemOps: requests of one of the types above, and who wants to hear of parts that
 * succeeded and parts that failed. Either callback may be NULL.
 */
struct mf_read_ops {
	struct mf_iterator inp;
	struct mf_read_callback *out;
	struct mf_read_callback *out_fail;
};
MF_ASSERT_SIZE(struct mf_read_ops, 32);

struct mf_write_ops {
	struct mf_iterator inp;
	struct mf_write_callback *out;
	struct mf_write_callback *out_fail;
};
MF_ASSERT_SIZE(struct mf_write_ops, 32);

/* ----------------------------------------- memflow src/mem/memory_view/mod.rs -- */

struct mf_view_metadata {
	mf_address max_address;
	uint64_t real_size;
	bool readonly;
	bool little_endian;
	uint8_t arch_bits;
};
MF_ASSERT_SIZE(struct mf_view_metadata, 24);
MF_ASSERT_OFFSET(struct mf_view_metadata, arch_bits, 18);

struct mf_read_list {
	struct mf_read_data *data;
	size_t len;
};

struct mf_write_list {
	const struct mf_write_data *data;
	size_t len;
};

/* Results are memflow's error codes (see below), 0 is success. */
struct mf_view_vtbl {
	int32_t (*read_raw_iter)(struct mf_container *self, struct mf_read_ops data);
	int32_t (*write_raw_iter)(struct mf_container *self, struct mf_write_ops data);
	struct mf_view_metadata (*metadata)(const struct mf_container *self);
	int32_t (*read_iter)(struct mf_container *self, struct mf_iterator inp,
			     struct mf_read_callback *out, struct mf_read_callback *out_fail);
	int32_t (*read_raw_list)(struct mf_container *self, struct mf_read_list data);
	int32_t (*read_raw_into)(struct mf_container *self, mf_address address,
				 struct mf_slice_mut out);
	int32_t (*write_iter)(struct mf_container *self, struct mf_iterator inp,
			      struct mf_write_callback *out, struct mf_write_callback *out_fail);
	int32_t (*write_raw_list)(struct mf_container *self, struct mf_write_list data);
	int32_t (*write_raw)(struct mf_container *self, mf_address address, struct mf_slice data);
};
MF_ASSERT_SIZE(struct mf_view_vtbl, 72);

struct mf_view {
	const struct mf_view_vtbl *vtbl;
	struct mf_container container;
};
MF_ASSERT_SIZE(struct mf_view, 48);

/* ------------------------- memflow src/mem/phys_mem/mod.rs, src/mem/mem_map.rs -- */

struct mf_phys_metadata {
	mf_address max_address; /* last byte */
	uint64_t real_size;	/* bytes of memory */
	bool readonly;
	uint32_t ideal_batch_size;
};
MF_ASSERT_SIZE(struct mf_phys_metadata, 24);
MF_ASSERT_OFFSET(struct mf_phys_metadata, ideal_batch_size, 20);

/* PhysicalMemoryMapping: what is asked for at @base lies at @real_base. */
struct mf_mapping {
	mf_address base;
	uint64_t size;
	mf_address real_base;
};
MF_ASSERT_SIZE(struct mf_mapping, 24);

struct mf_mapping_list {
	const struct mf_mapping *data;
	size_t len;
};

struct mf_phys_vtbl {
	int32_t (*phys_read_raw_iter)(struct mf_container *self, struct mf_read_ops data);
	int32_t (*phys_write_raw_iter)(struct mf_container *self, struct mf_write_ops data);
	struct mf_phys_metadata (*metadata)(const struct mf_container *self);
	void (*set_mem_map)(struct mf_container *self, struct mf_mapping_list map);
	struct mf_view (*into_phys_view)(struct mf_container self);
	struct mf_view (*phys_view)(struct mf_container *self);
};
MF_ASSERT_SIZE(struct mf_phys_vtbl, 48);

/* -------------------------------- core::clone::Clone as cglue's ext::core::clone -- */

struct mf_clone_vtbl {
	struct mf_container (*clone)(const struct mf_container *self);
};
MF_ASSERT_SIZE(struct mf_clone_vtbl, 8);

/* ---------------------------------------- memflow src/connector/cpu_state.rs -- */

struct mf_cpu_vtbl {
	void (*pause)(struct mf_container *self);
	void (*resume)(struct mf_container *self);
};
MF_ASSERT_SIZE(struct mf_cpu_vtbl, 16);

/* CpuStateBase */
struct mf_cpu {
	const struct mf_cpu_vtbl *vtbl;
	struct mf_container container;
};
MF_ASSERT_SIZE(struct mf_cpu, 48);

/* IntoCpuState */
struct mf_owned_cpu {
	const struct mf_clone_vtbl *clone;
	const struct mf_cpu_vtbl *cpu;
	struct mf_container container;
};
MF_ASSERT_SIZE(struct mf_owned_cpu, 56);

struct mf_connector_cpu_vtbl {
	int32_t (*cpu_state)(struct mf_container *self, struct mf_cpu *out);
	int32_t (*into_cpu_state)(struct mf_container self, struct mf_owned_cpu *out);
};
MF_ASSERT_SIZE(struct mf_connector_cpu_vtbl, 16);

/* ------------------------------------------ memflow src/plugins/connector.rs -- */

/* ConnectorInstance: the object of a connector */
struct mf_connector {
	const struct mf_clone_vtbl *clone;
	const struct mf_phys_vtbl *physical_memory;
	const struct mf_connector_cpu_vtbl *cpu_state; /* NULL: not implemented */
	struct mf_container container;
};
MF_ASSERT_SIZE(struct mf_connector, 64);

/* OsInstance, which a connector may be stacked on; seen only to be dropped */
struct mf_os {
	const void *vtbls[6];
	struct mf_container container;
};
MF_ASSERT_SIZE(struct mf_os, 88);

/* CInputArg: COption<OsInstanceArcBox> */
struct mf_connector_input {
	int32_t some;
	struct mf_os os;
};
MF_ASSERT_SIZE(struct mf_connector_input, 96);
MF_ASSERT_OFFSET(struct mf_connector_input, os, 8);

/* ConnectorMiddlewareArgs */
struct mf_middleware_args {
	struct mf_option_bool cache;
	size_t cache_size;	      /* bytes */
	uint64_t cache_validity_time; /* milliseconds */
	size_t cache_page_size;	      /* bytes */
	uint64_t delay;		      /* microseconds */
	bool metrics;
};
MF_ASSERT_SIZE(struct mf_middleware_args, 48);
MF_ASSERT_OFFSET(struct mf_middleware_args, delay, 32);

/*
 * ArgEntry, memflow src/plugins/args.rs. The one struct here that is not repr(C);
 * of two fields of one type rustc keeps the order, and memflow's own plugins rely
 * on it as well.
 */
struct mf_arg {
	mf_string key;
	mf_string value;
};
MF_ASSERT_SIZE(struct mf_arg, 16);

/* Args: a CVec<ArgEntry> */
struct mf_args {
	struct mf_arg *data;
	size_t len;
	size_t capacity;
	void (*drop_fn)(struct mf_arg *data, size_t len, size_t capacity);
	size_t (*reserve_fn)(struct mf_args *self, size_t size);
};
MF_ASSERT_SIZE(struct mf_args, 40);

/* ConnectorArgs */
struct mf_connector_args {
	mf_string target; /* NULL: none given */
	struct mf_args extra;
	struct mf_middleware_args middleware;
};
MF_ASSERT_SIZE(struct mf_connector_args, 96);
MF_ASSERT_OFFSET(struct mf_connector_args, middleware, 48);

/* ---------------------------------------------- memflow src/plugins/logger.rs -- */

/* log::Level and log::LevelFilter, both repr(usize) */
enum {
	MF_LOG_OFF = 0, /* a filter only */
	MF_LOG_ERROR = 1,
	MF_LOG_WARN = 2,
	MF_LOG_INFO = 3,
	MF_LOG_DEBUG = 4,
	MF_LOG_TRACE = 5,
};

struct mf_log_metadata {
	size_t level;
	struct mf_slice target;
};
MF_ASSERT_SIZE(struct mf_log_metadata, 24);

/* WriteMut: a core::fmt::Write of the host's */
struct mf_writer;
struct mf_writer_vtbl {
	int32_t (*write_str)(void **container, struct mf_slice text);
};
struct mf_writer {
	const struct mf_writer_vtbl *vtbl;
	void *container; /* pass its address */
};
MF_ASSERT_SIZE(struct mf_writer, 16);

/* DisplayRef: something that can be printed */
struct mf_display_vtbl {
	int32_t (*fmt)(const void *const *container, struct mf_writer *out);
};
struct mf_display {
	const struct mf_display_vtbl *vtbl;
	const void *container;
};
MF_ASSERT_SIZE(struct mf_display, 16);

struct mf_log_record {
	struct mf_log_metadata metadata;
	struct mf_display message;
	struct mf_option_slice module_path;
	struct mf_option_slice file;
	struct mf_option_u32 line;
};
MF_ASSERT_SIZE(struct mf_log_record, 96);
MF_ASSERT_OFFSET(struct mf_log_record, module_path, 40);
MF_ASSERT_OFFSET(struct mf_log_record, line, 88);

/* PluginLogger. It lives as long as the plugin is loaded. */
struct mf_logger {
	size_t max_level; /* when the plugin was loaded */
	bool (*enabled)(const struct mf_log_metadata *metadata);
	void (*log)(const struct mf_log_record *record);
	void (*flush)(void);
	void (*on_level_change)(size_t max_level); /* atomic; the plugin's to set */
};
MF_ASSERT_SIZE(struct mf_logger, 40);

/* ------------------------------------------------- memflow src/plugins/mod.rs -- */

/* abi_stable's description of a type; see layouts.h */
struct sabi_type_layout;

/* PluginDescriptor<LoadableConnector>, exported as MEMFLOW_CONNECTOR_<NAME> */
struct mf_descriptor {
	int32_t plugin_version;
	bool accept_input;
	const struct sabi_type_layout *input_layout;  /* of struct mf_connector_input */
	const struct sabi_type_layout *output_layout; /* of struct mf_connector */
	struct mf_slice name;
	struct mf_slice version;
	struct mf_slice description;
	/* Both before any instance exists. TargetInfo is a struct of one string. */
	void (*help)(struct mf_string_callback callback);
	int32_t (*target_list)(struct mf_string_callback callback);
	/*
	 * @args and @logger may be NULL. Input and library are owned by the callee,
	 * @out is written with 0 only.
	 */
	int32_t (*create)(const struct mf_connector_args *args, struct mf_connector_input input,
			  struct mf_arc library, struct mf_logger *logger,
			  struct mf_connector *out);
};
MF_ASSERT_SIZE(struct mf_descriptor, 0x60);
MF_ASSERT_OFFSET(struct mf_descriptor, name, 0x18);
MF_ASSERT_OFFSET(struct mf_descriptor, help, 0x48);
MF_ASSERT_OFFSET(struct mf_descriptor, create, 0x58);

/* -------------------------------------------------------- memflow src/error.rs -- */

/* ErrorOrigin and ErrorKind, both repr(u16) and counted from 0 */
enum mf_origin {
	MF_ORIGIN_ARGS = 1,
	MF_ORIGIN_ARGS_VALIDATOR = 2,
	MF_ORIGIN_PHYSICAL_MEMORY = 6,
	MF_ORIGIN_CONNECTOR = 13,
};

enum mf_kind {
	MF_KIND_UNINITIALIZED = 0,
	MF_KIND_NOT_SUPPORTED = 1,
	MF_KIND_CONFIGURATION = 3,
	MF_KIND_ARG_NOT_EXISTS = 6,
	MF_KIND_ARG_VALIDATION = 7,
	MF_KIND_REQUIRED_ARG_NOT_FOUND = 8,
	MF_KIND_INVALID_ARGUMENT = 9,
	MF_KIND_NOT_FOUND = 11,
	MF_KIND_OUT_OF_BOUNDS = 12,
	MF_KIND_OUT_OF_MEMORY_RANGE = 13,
	MF_KIND_READ_ONLY = 16,
	MF_KIND_UNABLE_TO_READ_MEMORY = 25,
	MF_KIND_VERSION_MISMATCH = 32,
	MF_KIND_TARGET_NOT_FOUND = 35,
	MF_KIND_UNKNOWN = 44,
};

/* Error::into_int_err() */
#define MF_ERROR(origin, kind) (-(1 + (((int32_t)(origin) + 1) << 4) + (((int32_t)(kind) + 1) << 16)))

/* PartialError::into_int_err(): a view read or wrote less than it was asked for */
#define MF_PARTIAL_READ	 (-2)
#define MF_PARTIAL_WRITE (-3)
