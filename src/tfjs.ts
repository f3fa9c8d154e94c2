// Systems in tfjs: layers whose weights are parameters, and Programs as operations. An entry of its own, `deltaloom/tfjs`, as it
// loads tfjs, which nothing else needs.

export { toTensors } from './backends/tfjs/to-tensors.js';
export type { TensorParams, TensorProgram, TensorResult, TensorRunOptions, TensorsOptions } from './backends/tfjs/to-tensors.js';
export type { LayerOptions } from './optimize/tfjs/layer-document.js';
export { SystemLayer } from './optimize/tfjs/system-layer.js';
export { toLayer } from './optimize/tfjs/to-layer.js';
