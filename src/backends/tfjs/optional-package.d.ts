// tfjs-node is an optional package: the build does not need its types.

declare module '@tensorflow/tfjs-node';
