import manifest from '../../../package.json' with { type: 'json' };

/** Of this product. */
export const VERSION: string = manifest.version;
