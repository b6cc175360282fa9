import { createServer } from 'node:http';
import { LANGUAGE_CODES, type Language } from '../functions/money/format.ts';
import { buildTemplates } from './build.ts';
import { sampleLetters } from './samples.ts';

const ORIGIN = 'https://post.carrier.example';
const PORT = Number(process.env.PORT ?? 4747);

type Rendered = { readonly subject: string; readonly html: string; readonly text: string };

const STYLE = `:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;margin:24px;max-width:1300px}
h2{margin:32px 0 4px}p{margin:0 0 8px}.pair{display:grid;grid-template-columns:640px 375px;gap:16px}
iframe{width:100%;height:560px;border:1px solid #8888;border-radius:6px}pre{white-space:pre-wrap;border:1px solid #8888;border-radius:6px;padding:12px;max-width:1000px}`;

/** Shows every kind of email in every wording and language, as the templates were when it started. */
const mails = await renderAll();

const server = createServer((request, response) => {
  const [, kind, language, number] = new URL(request.url ?? '/', 'http://localhost').pathname.split('/');
  const one = mails.find((mail) => mail.kind === kind && mail.language === language && String(mail.number) === number);
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(one ? one.mail.html : overview());
});

server.on('error', (error) => {
  console.error(`The preview cannot listen on port ${PORT}: ${error.message}. PORT names another one.`);
  process.exitCode = 1;
});
server.listen(PORT, '127.0.0.1', () => console.log(`Every email in every language: http://127.0.0.1:${PORT}/ (Ctrl-C ends it)`));

async function renderAll(): Promise<{ kind: string; language: Language; number: number; mail: Rendered }[]> {
  await buildTemplates();
  const { renderLetter } = await import('../functions/messages/letter.ts');
  return LANGUAGE_CODES.flatMap((language) =>
    sampleLetters(language).map((input, number) => ({ kind: input.kind, language, number, mail: renderLetter(input, language, ORIGIN) })),
  );
}

function overview(): string {
  const sections = mails.map(({ kind, language, number, mail }) => {
    const url = `/${kind}/${language}/${number}`;
    return `<h2>${escaped(mail.subject)}</h2><p><a href="${url}">${kind}, ${language}</a></p>
<div class="pair"><iframe loading="lazy" src="${url}"></iframe><iframe loading="lazy" src="${url}"></iframe></div>
<details><summary>Text part</summary><pre>${escaped(mail.text)}</pre></details>`;
  });
  return `<!doctype html><meta charset="utf-8"><title>Emails</title><style>${STYLE}</style><h1>${mails.length} emails</h1>${sections.join('\n')}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
