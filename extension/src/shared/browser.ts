/** The one place that knows what differs between browsers: Firefox names its API `browser`. */
export const browser: typeof chrome = (globalThis as { browser?: typeof chrome }).browser ?? chrome;
