// Starts the Chromium that an npm package brings: unpacked into a folder of its own, with the shared libraries from the
// package, so that nothing needs to be installed.

import { chromium as playwright, type Browser } from 'playwright-core';

/** The package holds a binary for this platform only. */
export const hasBrowser = process.platform === 'linux' && process.arch === 'x64';

/** Lets shaders of WebGL2 and WebGPU run on the processor, where there is no graphics processor. */
export const shaderFlags: readonly string[] = [
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-webgpu-adapter=swiftshader',
];

/** Unpacks the browser into `folder` and starts it. The caller closes it and removes the folder. */
export async function launchBrowser(folder: string, flags: readonly string[] = ['--disable-gpu']): Promise<Browser> {
  // The package unpacks to the temporary folder, and takes its libraries along where it believes to be on Amazon Linux.
  const { TMPDIR, AWS_LAMBDA_JS_RUNTIME } = process.env;
  Object.assign(process.env, { TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' });
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    const executablePath = await chromium.executablePath();
    return await playwright.launch({ executablePath, args: ['--no-sandbox', '--no-zygote', ...flags] });
  } finally {
    restore('TMPDIR', TMPDIR);
    restore('AWS_LAMBDA_JS_RUNTIME', AWS_LAMBDA_JS_RUNTIME);
  }
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
