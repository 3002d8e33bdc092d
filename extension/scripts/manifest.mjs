/** The manifest for one browser: they differ in how the background runs and in what the stores ask for. */
export function manifestFor(browser, version) {
  return {
    manifest_version: 3,
    name: "__MSG_name__",
    description: "__MSG_description__",
    version,
    default_locale: "en",
    icons: Object.fromEntries(ICON_SIZES.map((size) => [size, `icons/${size}.png`])),
    action: {
      default_popup: "popup.html",
      default_title: "__MSG_name__",
      default_icon: Object.fromEntries([16, 24, 32, 48, 64].map((size) => [size, `icons/${size}.png`])),
      ...ACTION_OF_BROWSER[browser],
    },
    options_ui: { page: "options.html", open_in_tab: true },
    permissions: ["activeTab", "scripting", "storage"],
    optional_host_permissions: ["*://*/*"],
    commands: {
      "next-match": { suggested_key: { default: "Alt+Q" }, description: "__MSG_command_next__" },
      "previous-match": {
        suggested_key: { default: "Alt+Shift+Q" },
        description: "__MSG_command_previous__",
      },
    },
    content_security_policy: {
      extension_pages:
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' https: http:; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    },
    ...OF_BROWSER[browser],
  };
}

export const ICON_SIZES = [16, 24, 32, 48, 64, 96, 128];

/** Firefox hides new buttons, and with it their badges, unless they ask for a place in the toolbar. */
const ACTION_OF_BROWSER = { chrome: {}, firefox: { default_area: "navbar" } };

const OF_BROWSER = {
  chrome: {
    minimum_chrome_version: "122",
    background: { service_worker: "background.js", type: "module" },
    storage: { managed_schema: "managed-schema.json" },
  },
  firefox: {
    background: { scripts: ["background.js"], type: "module" },
    browser_specific_settings: {
      gecko: {
        id: "quotemark@quotemark.example",
        // Earlier ones paint highlights without lines.
        strict_min_version: "146.0",
        // Text of pages that the reader allows is sent to the server that the reader set.
        data_collection_permissions: { required: ["websiteContent"] },
      },
    },
  },
};
