import type { Category } from '../preferences/categories.ts';
import type { Reader } from './reader.ts';
import { type Field, isSwitch } from './setting-fields.ts';
import { type Named, type SelfServiceWords, WORDS } from './words.ts';

/** How a setting is shown: what it is called, what it means, and what each of its values is called. */
export interface Shown extends Named {
  readonly as: 'box' | 'radios' | 'list';
  readonly optionName: (option: string) => Named;
}

const LANGUAGES: Readonly<Record<string, string>> = { en: 'English', de: 'Deutsch', fr: 'Français' };

/** The words of a setting in its reader's language. */
export function shownField(field: Field, reader: Reader): Shown {
  const words = WORDS[reader.language];
  const [name, part] = field.key.split('#');
  if (isSwitch(field))
    return { ...switchWords(part, words), as: 'box', optionName: (option) => plain(option === 'on' ? words.on : words.off) };
  switch (name) {
    case 'format':
      return { ...plain(words.format), as: 'radios', optionName: from(words.formats) };
    case 'works':
      return { ...plain(words.works), about: words.emergencies, as: 'radios', optionName: from(words.channels) };
    case 'grouping':
      return { ...plain(words.grouping), as: 'radios', optionName: from(words.groupings) };
    case 'invoices':
      return { ...plain(words.invoices), as: 'list', optionName: (option) => plain(heirOf(option, reader, words)) };
    case 'quietHours':
      return { ...words.quietHours, as: 'list', optionName: (option) => plain(quietWords(option, words)) };
    case 'capDay':
    case 'capWeek':
      return {
        ...plain(words[name]),
        as: 'list',
        optionName: (option) => plain(option === 'none' ? words.noCap : words.capAtMost(option)),
      };
    case 'language':
      return { ...plain(words.language), as: 'list', optionName: (option) => plain(LANGUAGES[option] ?? option) };
    default:
      return { ...plain(words.timeZone), as: 'list', optionName: (option) => plain(option.replaceAll('_', ' ')) };
  }
}

function switchWords(category: string | undefined, words: SelfServiceWords): Named {
  return category !== undefined && Object.hasOwn(words.categories, category) ? words.categories[category as Category] : words.reminders;
}

function heirOf(option: string, { colleagues }: Reader, words: SelfServiceWords): string {
  if (option === 'here') return words.invoicesHere;
  if (option === 'others') return words.invoicesOthers;
  const contactId = option.slice('to:'.length);
  return words.invoicesTo(colleagues.find((one) => one.contactId === contactId)?.name ?? contactId);
}

function quietWords(option: string, words: SelfServiceWords): string {
  const [from = '', to = ''] = option.split('-');
  return option === 'off' ? words.noQuietHours : words.quietFromTo(from, to);
}

function from(named: Readonly<Record<string, Named>>): Shown['optionName'] {
  return (option) => named[option] ?? plain(option);
}

function plain(name: string): Named {
  return { name, about: '' };
}
