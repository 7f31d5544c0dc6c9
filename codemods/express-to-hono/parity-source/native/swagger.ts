import type { Handler, MiddlewareHandler } from 'hono';
import folderOf from 'swagger-ui-dist/absolute-path.js';
import { serveStatic } from './static.ts';

/** What a page of Swagger UI is made with. */
interface PageOptions {
  /** There is a field for the address of another description. */
  explorer?: boolean;
  customSiteTitle?: string;
  customCss?: string;
  customCssUrl?: string | string[];
  customJs?: string | string[];
  customfavIcon?: string;
  /** Where the description is, in place of the one that is given. */
  swaggerUrl?: string;
  swaggerUrls?: readonly unknown[];
  /** Of Swagger UI itself. */
  swaggerOptions?: object;
}

/** The script of the page that was made last. */
let script = '';

/** The files of Swagger UI, and the script that its page starts with. */
export function swaggerFiles(): MiddlewareHandler {
  const files = serveStatic(folderOf(), { index: '' });
  return (c, next) => {
    if (c.req.path.endsWith('/package.json')) return Promise.resolve(c.text('Not Found', 404));
    if (!c.req.path.endsWith('/swagger-ui-init.js')) return files(c, next);
    return Promise.resolve(c.body(script, 200, { 'Content-Type': 'application/javascript; charset=utf-8' }));
  };
}

/** The page that shows a description of the API. */
export function swaggerPage(description?: unknown, options?: PageOptions | null): Handler {
  const { explorer, swaggerUrl: url, swaggerUrls: urls, swaggerOptions: own, ...look } = options ?? {};
  const { customSiteTitle: title = 'Swagger UI', customCss = '', customfavIcon: icon } = look;
  const given = JSON.stringify({ spec: description || undefined, url, urls }, null, 2);
  script = `const given = ${given};
window.onload = () => {
  const asked = new URLSearchParams(location.search).get('url');
  window.ui = SwaggerUIBundle({
    ...given,
    url: given.url || asked || location.origin,
    dom_id: '#swagger-ui',
    deepLinking: true,
    presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
    plugins: [SwaggerUIBundle.plugins.DownloadUrl],
    layout: 'StandaloneLayout',
    ...${JSON.stringify(own ?? {})},
  });
};
`;
  const links = [look.customCssUrl ?? []].flat().map((href) => `<link rel="stylesheet" href="${href}">`);
  const scripts = ['bundle', 'standalone-preset', 'init'].map((part) => `./swagger-ui-${part}.js`);
  const hidden = explorer || urls ? '' : '.swagger-ui .topbar .download-url-wrapper { display: none } ';
  const page = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>${title}</title>
  <link rel="stylesheet" href="./swagger-ui.css">
  <link rel="icon" href="${icon ?? './favicon-32x32.png'}">
</head>
<body style="margin: 0">
<div id="swagger-ui"></div>
${[...scripts, ...[look.customJs ?? []].flat()].map((src) => `<script src="${src}"></script>`).join('\n')}
${links.join('\n')}
<style>${hidden}${customCss}</style>
</body>
</html>
`;
  return (c) => c.html(page);
}
