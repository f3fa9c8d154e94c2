// gpu.js is an optional package: the build does not need its types.

declare module 'gpu.js';
