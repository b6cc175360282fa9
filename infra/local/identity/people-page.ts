import type { LocalPerson } from './people.ts';

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:3rem auto;padding:0 1rem}
button{font:inherit;display:block;width:100%;text-align:left;padding:.7rem 1rem;margin:.5rem 0;border-radius:8px;border:1px solid #888;cursor:pointer}
button span{display:block;font-size:.9em}`;

/** Who wants to sign in? What was asked travels in the form. */
export function peoplePage(people: readonly LocalPerson[], asked: URLSearchParams, wrong?: string): string {
  const fields = [...asked].map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`).join('');
  const buttons = people
    .map(
      ({ subject, name, may }) =>
        `<button name="person" value="${subject}"><strong>${name}</strong><span>${name.split(' ')[0]} ${may}</span></button>`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in on this machine</title><style>${STYLE}</style></head>
<body><main><h1>Sign in on this machine</h1>
${wrong === undefined ? '<p>The local cloud has invented people and no passwords. Who are you?</p>' : `<p role="alert">This sign-in was asked for in the wrong way: ${escaped(wrong)}.</p>`}
<form method="post" action="/authorize">${wrong === undefined ? fields : ''}
${buttons}</form></main></body></html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
