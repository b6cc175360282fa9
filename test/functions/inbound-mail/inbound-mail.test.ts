import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCalendarAnswer } from '../../../functions/icalendar/reply.ts';
import { readInboundMail } from '../../../functions/inbound-mail/inbound-mail.ts';
import { mailOf, savedMail } from '../planned-works/mails.ts';

const RUNS = process.env.LONG === '1' ? 5_000 : 150;
const MEGABYTE = 1024 * 1024;
const FROM = 'From: Anna Meier <anna.meier@acme.example>';
const CALENDAR = 'BEGIN:VCALENDAR\r\nEND:VCALENDAR';

describe('mails as programs write them', () => {
  test('Outlook: the calendar in base64 among the alternatives', async () => {
    const mail = await readInboundMail(savedMail('outlook-declined'));
    expect(mail).toMatchObject({
      from: 'anna.meier@acme.example',
      fromName: 'Anna Meier',
      subject: 'Abgesagt: CRQ-1001 confirmed: 18 Nov 2026',
      messageId: '<VI1PR0002@acme.example>',
      inReplyTo: '<0107019a0000-invitation@ses.example>',
      date: new Date('2026-11-03T07:15:22Z'),
      text: 'An diesem Abend läuft unsere Migration.',
      autoSubmitted: false,
      references: ['<0107019a0000-invitation@ses.example>'],
      authenticationResults: [
        'mx.carrier.example; spf=pass smtp.mailfrom=acme.example; dkim=pass header.i=@acme.example; dmarc=pass (p=reject dis=none) header.from=acme.example',
      ],
    });
    expect(mail.calendars.map(readCalendarAnswer)).toMatchObject([
      { method: 'REPLY', attendee: 'anna.meier@acme.example', partstat: 'DECLINED', comment: 'An diesem Abend läuft unsere Migration.' },
    ]);
  });

  test('Outlook: an encoded subject, nothing in the text', async () => {
    const mail = await readInboundMail(savedMail('outlook-accepted'));
    expect(mail).toMatchObject({ subject: 'Zugesagt: CRQ-1001 bestätigt', text: '' });
    expect(mail.calendars.map(readCalendarAnswer)).toMatchObject([{ partstat: 'ACCEPTED', sequence: 2 }]);
  });

  test('Outlook: another time', async () => {
    const { calendars } = await readInboundMail(savedMail('outlook-counter'));
    const proposed = { start: new Date('2026-11-24T23:00:00Z'), end: new Date('2026-11-25T03:00:00Z') };
    expect(calendars.map(readCalendarAnswer)).toMatchObject([{ method: 'COUNTER', proposed }]);
  });

  test('Google: the calendar twice, once attached; a machine says that it wrote the mail', async () => {
    const mail = await readInboundMail(savedMail('google-accepted'));
    expect(mail).toMatchObject({ from: 'noc@acme.example', fromName: '', autoSubmitted: true });
    expect(mail.text).toMatch(/^noc@acme.example has accepted this invitation\./);
    expect(mail.calendars.map(readCalendarAnswer)).toMatchObject([
      { attendee: 'noc@acme.example', partstat: 'ACCEPTED' },
      { attendee: 'noc@acme.example', partstat: 'ACCEPTED' },
    ]);
  });

  test('Apple: an attached calendar in eight bits, an address in capitals', async () => {
    const mail = await readInboundMail(savedMail('apple-tentative'));
    expect(mail).toMatchObject({ from: 'joerg@acme.example', fromName: 'Jörg König', autoSubmitted: false });
    expect(mail.calendars[0]).toContain('CN="Jörg König"');
    expect(mail.calendars.map(readCalendarAnswer)).toMatchObject([{ attendee: 'joerg@acme.example', partstat: 'TENTATIVE' }]);
  });

  test('a person, in HTML alone', async () => {
    const mail = await readInboundMail(savedMail('person'));
    expect(mail).toMatchObject({ from: 'anna.meier@acme.example', fromName: 'Meier, Anna', calendars: [], autoSubmitted: false });
    expect(mail.references).toEqual(['<first@carrier.example>', '<0107019a0000-invitation@ses.example>']);
    expect(mail.text).toBe('Which router is it?\n\nRegards,\nAnna & the NOC – Jörg');
  });

  test('out of office', async () => {
    const mail = await readInboundMail(savedMail('out-of-office'));
    expect(mail).toMatchObject({ subject: 'Automatische Antwort: CRQ-1001 bestätigt', autoSubmitted: true, calendars: [] });
  });

  test('a bounce: the calendar of the mail that it encloses is not its own', async () => {
    expect(await readInboundMail(savedMail('bounce'))).toMatchObject({
      from: 'mailer-daemon@acme.example',
      autoSubmitted: true,
      calendars: [],
    });
  });
});

describe('who a mail is from', () => {
  const anna = 'anna.meier@acme.example';
  test.each<[string, readonly string[], string | undefined]>([
    ['an address', [anna], anna],
    ['a name', [`Anna Meier <${anna}>`], anna],
    ['folded, in capitals', ['"Meier, Anna"\r\n <Anna.Meier@ACME.example>'], anna],
    ['a quoted address as the name', ['"ceo@acme.example" <anna.meier@acme.example>'], anna],
    ['the same address as the name', [`${anna} <${anna}>`], anna],
    ['an encoded name', [`=?utf-8?B?w4Q=?= <${anna}>`], anna],
    ['a comment', [`${anna} (Anna Meier)`], anna],
    ['an international domain', ['Jörg <joerg@Münze.example>'], 'joerg@xn--mnze-0ra.example'],
    ['an international domain in punycode', ['joerg@xn--mnze-0ra.example'], 'joerg@xn--mnze-0ra.example'],
    ['none', [], undefined],
    ['an empty one', [''], undefined],
    ['no address', ['Anna Meier'], undefined],
    ['two addresses', [`${anna}, mallory@evil.example`], undefined],
    ['two headers', [anna, 'mallory@evil.example'], undefined],
    ['the same header twice', [anna, anna], undefined],
    ['another address as the name', [`${anna} <mallory@evil.example>`], undefined],
    ['two in brackets', [`<${anna}> <mallory@evil.example>`], undefined],
    ['another address in a comment', [`${anna} (mallory@evil.example)`], undefined],
    ['a group', [`Friends: ${anna};`], undefined],
    ['a route', [`<@evil.example:${anna}>`], undefined],
    ['a quoted local part', [`"${anna} x"@evil.example`], undefined],
    ['an open quote', [`"${anna} <mallory@evil.example>`], undefined],
    ['an encoded address alone', [`=?utf-8?B?${Buffer.from(`Anna <${anna}>`).toString('base64')}?=`], undefined],
    ['two at-signs', ['anna@evil.example@acme.example'], undefined],
    ['a carriage return', [`${anna}\rFrom: mallory@evil.example`], undefined],
    ['a NUL', [`anna.meier\0@acme.example`], undefined],
    ['too long a line', [`${'x '.repeat(2_000)}<${anna}>`], undefined],
  ])('%s', async (_, lines, from) => {
    const mail = await readInboundMail(mailOf([...lines.map((line) => `From: ${line}`), 'Subject: x']));
    expect(mail.from).toBe(from);
    expect(mail.subject).toBe('x');
  });

  test.each([
    ['with a blank before the colon', 'From : mallory@evil.example'],
    ['in capitals', 'FROM: mallory@evil.example'],
    ['with a tab before the colon', 'From\t: mallory@evil.example'],
  ])('a second From %s is seen', async (_, line) => {
    for (const headers of [
      [line, FROM],
      [FROM, line],
    ])
      expect((await readInboundMail(mailOf(headers))).from).toBeUndefined();
  });

  test('a From in the text, or in a part, is none', async () => {
    expect((await readInboundMail(mailOf([FROM], 'From: mallory@evil.example'))).from).toBe(anna);
    expect((await readInboundMail(mailOf(['Subject: x'], FROM))).from).toBeUndefined();
  });
});

describe('whether a machine wrote it', () => {
  test.each([
    ['Auto-Submitted: auto-replied', true],
    ['Auto-Submitted: auto-generated; owner-email="x@acme.example"', true],
    ['Auto-Submitted: no', false],
    ['Auto-Submitted:', false],
    ['Precedence: bulk', true],
    ['Precedence: list', false],
    ['Return-Path: <>', true],
    ['Return-Path: <anna.meier@acme.example>', false],
    ['Content-Type: multipart/report; report-type=disposition-notification; boundary=x', true],
    ['X-Autoreply: yes', true],
    ['X-Auto-Response-Suppress: All', false],
    ['X-Other: y', false],
  ])('%s', async (header, autoSubmitted) => {
    expect(await readInboundMail(mailOf([FROM, header]))).toMatchObject({ autoSubmitted });
  });
});

describe('calendars', () => {
  test.each([
    ['as the whole mail', ['Content-Type: text/calendar; method=REPLY']],
    ['in the old type', ['Content-Type: application/ics']],
    ['by its name', ['Content-Type: application/octet-stream; name="=?utf-8?Q?in=76ite.ics?="', 'Content-Disposition: attachment']],
    ['in an unknown charset', ['Content-Type: text/calendar; charset=x-none']],
  ])('%s', async (_, headers) => {
    const { calendars } = await readInboundMail(mailOf([FROM, ...headers], CALENDAR));
    expect(calendars.map((text) => text.trim())).toEqual([CALENDAR]);
  });

  test.each([
    ['windows-1252', Buffer.from('CN=J\xf6rg', 'latin1')],
    ['us-ascii', Buffer.from('CN=Jörg')],
    ['utf-16le', Buffer.from('CN=Jörg', 'utf16le')],
  ])('in %s', async (charset, bytes) => {
    const headers = [FROM, `Content-Type: text/calendar; charset=${charset}`, 'Content-Transfer-Encoding: base64'];
    expect((await readInboundMail(mailOf(headers, bytes.toString('base64')))).calendars).toEqual(['CN=Jörg']);
  });

  test('of an enclosed mail are not those of the mail', async () => {
    for (const disposition of ['inline', 'attachment']) {
      const part = [
        '--b',
        'Content-Type: message/rfc822',
        `Content-Disposition: ${disposition}`,
        '',
        'Content-Type: text/calendar',
        '',
        CALENDAR,
      ];
      const mail = await readInboundMail(mailOf([FROM, 'Content-Type: multipart/mixed; boundary=b'], [...part, '--b--'].join('\r\n')));
      expect(mail).toMatchObject({ from: 'anna.meier@acme.example', calendars: [] });
    }
  });
});

describe('a mail that nobody means well with is read as far as it can be', () => {
  const parts = (count: number) => `--b\r\nContent-Type: text/calendar\r\n\r\n${CALENDAR}\r\n`.repeat(count);
  test.each<[string, Buffer, object]>([
    ['nothing', Buffer.alloc(0), { from: undefined, subject: '', text: '' }],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), { from: undefined, calendars: [] }],
    ['10 MB of text', mailOf([FROM], 'Hello there. '.repeat((10 * MEGABYTE) / 13)), { from: 'anna.meier@acme.example' }],
    ['10 MB of line breaks', Buffer.alloc(10 * MEGABYTE, '\n'), { from: undefined, text: '' }],
    ['10 MB of tags', mailOf([FROM, 'Content-Type: text/html'], '<style'.repeat((10 * MEGABYTE) / 6)), { text: '' }],
    ['a calendar of 3 MB', mailOf([FROM, 'Content-Type: text/calendar'], 'X'.repeat(3 * MEGABYTE)), { calendars: [] }],
    ['a head of 5 MB', mailOf([FROM, `Subject: ${'x'.repeat(5 * MEGABYTE)}`]), { from: undefined, subject: '' }],
    ['a head of a million lines', mailOf([FROM, ...new Array(1_000_000).fill('X: y')]), { from: undefined }],
    ['a head of carriage returns', mailOf([`${FROM}${'\r'.repeat(250_000)}x`]), { text: 'Hello.' }],
    ['a From of blanks', mailOf([`${FROM}${' '.repeat(250_000)}x`]), { from: 'anna.meier@acme.example' }],
    ['a long subject', mailOf([FROM, `Subject: ${'ä'.repeat(2_000)}`]), { subject: `${'ä'.repeat(499)}…` }],
    ['a head without an end', Buffer.from(FROM), { from: 'anna.meier@acme.example', text: '' }],
    ['a head of nonsense', mailOf(['nonsense', FROM, ': y', '\0: z']), { from: 'anna.meier@acme.example', text: 'Hello.' }],
    ['names of every object', mailOf([FROM, '__proto__: x', 'constructor: y', 'List-__proto__: <z>']), { text: 'Hello.' }],
    [
      'twenty thousand parts',
      mailOf([FROM, 'Content-Type: multipart/mixed; boundary=b'], parts(20_000)),
      { from: 'anna.meier@acme.example' },
    ],
    ['an unknown charset', mailOf([FROM, 'Content-Type: text/plain; charset=x-none']), { text: 'Hello.' }],
    ['a date that is none', mailOf([FROM, 'Date: soon']), { date: undefined }],
    ['an id of 5,000 characters', mailOf([FROM, `In-Reply-To: <${'x'.repeat(5_000)}@acme.example>`]), { inReplyTo: undefined }],
  ])('%s', { timeout: 20_000 }, async (_, raw, expected) => {
    const mail = await readInboundMail(raw);
    expect(mail).toMatchObject(expected);
    expect(mail.text.length).toBeLessThanOrEqual(20_000);
  });

  test('at most 20 calendars are kept', async () => {
    const mail = await readInboundMail(mailOf([FROM, 'Content-Type: multipart/mixed; boundary=b'], parts(500)));
    expect(mail.calendars).toHaveLength(20);
  });

  test('without an id of its own it has the same id whenever it is read, and another one than every other mail', async () => {
    const ids = await Promise.all(['a', 'a', 'b'].map(async (text) => (await readInboundMail(mailOf([FROM], text))).messageId));
    expect(ids[0]).toMatch(/^<[0-9a-f]{64}@no-message-id\.invalid>$/);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  test('whatever is left out, doubled or put in', { timeout: 120_000 }, async () => {
    const whole = Buffer.concat([savedMail('google-accepted'), savedMail('outlook-accepted')]).toString('latin1');
    const odd = fc.constantFrom(
      '\r\n',
      '\r',
      '\n',
      '\0',
      '=?',
      '?B?',
      '?=',
      '"',
      '<',
      '(',
      ';',
      ':',
      '--',
      '\xff',
      'charset=utf-16',
      'message/rfc822',
      '*0*=',
      '@xn--',
      'x'.repeat(300),
    );
    const change = fc.record({
      at: fc.nat({ max: whole.length }),
      drop: fc.nat({ max: 200 }),
      put: fc.oneof(odd, fc.string({ maxLength: 10 })),
    });
    const property = fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
      const broken = changes.reduce((text, { at, drop, put }) => text.slice(0, at) + put + text.slice(at + drop), whole);
      expect(await readInboundMail(Buffer.from(broken, 'latin1'))).toMatchObject({
        subject: expect.any(String),
        calendars: expect.any(Array),
      });
    });
    await fc.assert(property, { numRuns: RUNS });
  });
});
