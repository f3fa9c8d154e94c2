// The part of an emitted library that Node calls: it finds the memory of the typed arrays it is given and calls the
// functions of the Programs. Node-API is a stable binary interface, so its few functions are declared here and no
// header is needed.

/**
 * A C file for the library of some Programs. It exports, for each Program's index i and the arrays that it wants,
 * `run(i, arrays, end, lanes)`, which gives whether there was memory, and `queue(i, arrays, end, lanes)`, which runs on
 * another thread and gives a promise of the same.
 */
export function emitModule(prefixes: readonly string[]): string {
  const table = prefixes.map((prefix) => `${prefix}_run`);
  return [
    '#include <stdint.h>',
    '#include <stdlib.h>',
    'typedef int dl_run(double *const *arrays, int64_t end, int64_t lanes);',
    ...table.map((name) => `dl_run ${name};`),
    `static dl_run *const programs[] = {${table.join(', ')}};`,
    glue,
  ].join('\n');
}

const glue = `#if defined(__GNUC__)
#define DL_EXPORT __attribute__((visibility("default")))
#else
#define DL_EXPORT
#endif
typedef struct napi_env_s *napi_env;
typedef struct napi_value_s *napi_value;
typedef struct napi_ref_s *napi_ref;
typedef struct napi_deferred_s *napi_deferred;
typedef struct napi_work_s *napi_work;
typedef struct napi_info_s *napi_info;
typedef napi_value napi_callback(napi_env, napi_info);
extern int napi_get_cb_info(napi_env, napi_info, size_t *count, napi_value *args, napi_value *self, void **data);
extern int napi_get_array_length(napi_env, napi_value, uint32_t *);
extern int napi_get_element(napi_env, napi_value, uint32_t, napi_value *);
extern int napi_get_typedarray_info(napi_env, napi_value, int *type, size_t *length, void **data, napi_value *buffer, size_t *offset);
extern int napi_get_value_int64(napi_env, napi_value, int64_t *);
extern int napi_get_boolean(napi_env, _Bool, napi_value *);
extern int napi_create_function(napi_env, const char *, size_t, napi_callback *, void *, napi_value *);
extern int napi_set_named_property(napi_env, napi_value, const char *, napi_value);
extern int napi_create_string_utf8(napi_env, const char *, size_t, napi_value *);
extern int napi_create_reference(napi_env, napi_value, uint32_t, napi_ref *);
extern int napi_delete_reference(napi_env, napi_ref);
extern int napi_create_promise(napi_env, napi_deferred *, napi_value *);
extern int napi_resolve_deferred(napi_env, napi_deferred, napi_value);
extern int napi_create_async_work(napi_env, napi_value, napi_value name, void (*)(napi_env, void *), void (*)(napi_env, int, void *), void *, napi_work *);
extern int napi_delete_async_work(napi_env, napi_work);
extern int napi_queue_async_work(napi_env, napi_work);
extern int napi_throw_error(napi_env, const char *code, const char *message);

struct call {
  dl_run *run;
  double **arrays;
  int64_t end, lanes;
  _Bool done;
  napi_deferred deferred;
  napi_ref kept;
  napi_work work;
};

/* Reads the arguments; null, and an exception is on its way, where they are not as they must be. */
static struct call *take(napi_env env, napi_info info, napi_value *list) {
  napi_value args[4];
  size_t count = 4;
  int64_t index;
  uint32_t length;
  struct call *call = calloc(1, sizeof *call);
  if (call && !napi_get_cb_info(env, info, &count, args, NULL, NULL) && count == 4 && !napi_get_value_int64(env, args[0], &index) &&
      !napi_get_array_length(env, args[1], &length) && !napi_get_value_int64(env, args[2], &call->end) &&
      !napi_get_value_int64(env, args[3], &call->lanes) && index >= 0 && (uint64_t)index < sizeof programs / sizeof *programs &&
      (call->arrays = malloc((length + 1) * sizeof *call->arrays))) {
    uint32_t i = 0;
    for (; i < length; i++) {
      napi_value array;
      int type;
      void *data;
      if (napi_get_element(env, args[1], i, &array) || napi_get_typedarray_info(env, array, &type, NULL, &data, NULL, NULL) || type != 8) break;
      call->arrays[i] = data;
    }
    if (i == length) {
      call->run = programs[index];
      *list = args[1];
      return call;
    }
  }
  if (call) free(call->arrays);
  free(call);
  napi_throw_error(env, NULL, "internal: a compiled Program got other arguments than it takes");
  return NULL;
}

static void drop(struct call *call) {
  free(call->arrays);
  free(call);
}

static napi_value run(napi_env env, napi_info info) {
  napi_value list, result = NULL;
  struct call *call = take(env, info, &list);
  if (!call) return NULL;
  napi_get_boolean(env, call->run(call->arrays, call->end, call->lanes), &result);
  drop(call);
  return result;
}

static void work(napi_env env, void *data) {
  struct call *call = data;
  (void)env;
  call->done = call->run(call->arrays, call->end, call->lanes);
}

static void finish(napi_env env, int status, void *data) {
  struct call *call = data;
  napi_value result;
  (void)status;
  if (!napi_get_boolean(env, call->done, &result)) napi_resolve_deferred(env, call->deferred, result);
  napi_delete_reference(env, call->kept);
  napi_delete_async_work(env, call->work);
  drop(call);
}

static napi_value queue(napi_env env, napi_info info) {
  napi_value list, name, promise;
  struct call *call = take(env, info, &list);
  if (!call) return NULL;
  /* The arrays stay alive as long as their list. */
  if (!napi_create_string_utf8(env, "deltaloom", 9, &name) && !napi_create_async_work(env, NULL, name, work, finish, call, &call->work)) {
    if (!napi_create_reference(env, list, 1, &call->kept)) {
      if (!napi_create_promise(env, &call->deferred, &promise) && !napi_queue_async_work(env, call->work)) return promise;
      napi_delete_reference(env, call->kept);
    }
    napi_delete_async_work(env, call->work);
  }
  drop(call);
  napi_throw_error(env, NULL, "internal: a compiled Program could not be queued");
  return NULL;
}

DL_EXPORT napi_value napi_register_module_v1(napi_env env, napi_value exports);
DL_EXPORT napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  napi_value function;
  if (!napi_create_function(env, "run", 3, run, NULL, &function)) napi_set_named_property(env, exports, "run", function);
  if (!napi_create_function(env, "queue", 5, queue, NULL, &function)) napi_set_named_property(env, exports, "queue", function);
  return exports;
}
`;
