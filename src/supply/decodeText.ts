import iconv from 'iconv-lite';
import { diagnostic } from '../diagnostics/codes.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Source } from '../model/types.ts';

export type Encoding = Source['file']['encoding'];

/** First bytes of what is often sent instead of a text file. */
const otherFormats: readonly {
  readonly begins: readonly number[];
  readonly what: string;
  readonly hint: string;
}[] = [
  {
    begins: [0x50, 0x4b, 0x03, 0x04],
    what: 'a zip archive or an Excel workbook',
    hint: 'save it as CSV (UTF-8), or unpack it',
  },
  { begins: [0xd0, 0xcf, 0x11, 0xe0], what: 'an old Excel workbook', hint: 'save it as CSV (UTF-8)' },
  { begins: [0x1f, 0x8b], what: 'compressed with gzip', hint: 'unpack it' },
  { begins: [0x25, 0x50, 0x44, 0x46], what: 'a PDF document', hint: 'ask the supplier for the table itself' },
  {
    begins: [0x50, 0x41, 0x52, 0x31],
    what: 'a Parquet file',
    hint: 'write "format: parquet" in its contract',
  },
];

/** Bytes to text in the encoding of a contract; anything that is not in it is said, never guessed. */
export function decodeText(file: string, bytes: Uint8Array, encoding: Encoding): Checked<string> {
  const wrong = wrongKind(file, bytes) ?? wrongByteOrderMark(file, bytes, encoding);
  if (wrong !== null) return { diagnostics: [wrong] };
  const text = encoding === 'utf-8' ? decodeUtf8(bytes) : iconv.decode(Buffer.from(bytes), encoding);
  if (text === null) return { diagnostics: [notUtf8(file, bytes)] };
  const garbled = garbledLetters(file, text, encoding);
  return garbled === null ? { value: text, diagnostics: [] } : { diagnostics: [garbled] };
}

const beginsWith = (bytes: Uint8Array, begins: readonly number[]): boolean =>
  begins.every((byte, position) => bytes[position] === byte);

function wrongKind(file: string, bytes: Uint8Array): Diagnostic | null {
  const place = { file, row: 1 };
  const other = otherFormats.find(({ begins }) => beginsWith(bytes, begins));
  if (other !== undefined) {
    return diagnostic('not-a-table', `The file is ${other.what}.`, { place, hint: other.hint });
  }
  if (beginsWith(bytes, [0xff, 0xfe]) || beginsWith(bytes, [0xfe, 0xff])) {
    return diagnostic('wrong-encoding', 'The file is UTF-16.', { place, hint: 'save it as CSV (UTF-8)' });
  }
  const zero = bytes.indexOf(0);
  if (zero === -1) return null;
  return diagnostic('not-a-table', 'The file holds a zero byte, which no text has.', {
    place: { file, row: lineOf(bytes, zero) },
    hint: 'it is binary or UTF-16: save it as CSV (UTF-8)',
  });
}

function wrongByteOrderMark(file: string, bytes: Uint8Array, encoding: Encoding): Diagnostic | null {
  if (encoding === 'utf-8' || !beginsWith(bytes, [0xef, 0xbb, 0xbf])) return null;
  return diagnostic(
    'wrong-encoding',
    `The file begins with the mark of UTF-8, and its contract says ${encoding}.`,
    {
      place: { file, row: 1 },
      hint: 'write "encoding: utf-8" in the contract, or leave it out',
    },
  );
}

/** Takes a byte order mark off. */
function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function notUtf8(file: string, bytes: Uint8Array): Diagnostic {
  let start = 0;
  let line = 1;
  for (let end = bytes.indexOf(0x0a); end !== -1; end = bytes.indexOf(0x0a, start)) {
    if (decodeUtf8(bytes.subarray(start, end)) === null) break;
    start = end + 1;
    line += 1;
  }
  return diagnostic('wrong-encoding', 'The row holds bytes that are not UTF-8.', {
    place: { file, row: line },
    hint: 'if it is windows-1252 or latin1, write so under "encoding" in the contract',
  });
}

/** Danish letters in UTF-8 that somebody read as windows-1252 or latin1, and letters that are lost for good. */
const twiceEncoded: Readonly<Record<string, string>> = {
  'Ã¦': 'æ',
  'Ã¸': 'ø',
  'Ã¥': 'å',
  'Ã†': 'Æ',
  'Ã˜': 'Ø',
  'Ã…': 'Å',
  'Ã\u0086': 'Æ',
  'Ã\u0098': 'Ø',
  'Ã\u0085': 'Å',
  'Ã©': 'é',
  'Ã¼': 'ü',
  'Ã¶': 'ö',
  'Ã¤': 'ä',
};
const garbled = new RegExp(`${Object.keys(twiceEncoded).join('|')}|\ufffd`, 'u');

function garbledLetters(file: string, text: string, encoding: Encoding): Diagnostic | null {
  const found = garbled.exec(text) ?? (encoding === 'latin1' ? /[\u0080-\u009f]/.exec(text) : null);
  if (found === null) return null;
  const place = { file, row: text.slice(0, found.index).split(/\r\n|\n|\r/).length };
  const meant = twiceEncoded[found[0]];
  if (meant !== undefined) {
    const hint =
      encoding === 'utf-8'
        ? 'the supplier has encoded the text twice, and must send it again'
        : 'the file is UTF-8: write "encoding: utf-8" in the contract';
    return diagnostic('wrong-encoding', `The row holds "${found[0]}" where "${meant}" was meant.`, {
      place,
      hint,
    });
  }
  if (found[0] === '\ufffd') {
    const hint =
      encoding === 'utf-8'
        ? 'the supplier has lost the letter, and must send it again'
        : `the byte means nothing in ${encoding}`;
    return diagnostic('wrong-encoding', 'The row holds a letter that could not be read.', { place, hint });
  }
  return diagnostic('wrong-encoding', 'The row holds bytes that are no letters in latin1.', {
    place,
    hint: 'write "encoding: windows-1252" in the contract',
  });
}

function lineOf(bytes: Uint8Array, position: number): number {
  let line = 1;
  for (let at = 0; at < position; at += 1) if (bytes[at] === 0x0a) line += 1;
  return line;
}
