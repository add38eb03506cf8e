import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openEnvelope, sealEnvelope } from '../../src/catalog/envelope.ts';
import { newSigningKey } from '../../src/catalog/signingKey.ts';
import { nobody } from '../../src/catalog/trust.ts';
import { testSigning } from '../support/signing.ts';
import { bytesOf, textOf } from './temporaryStore.ts';

const type = 'application/vnd.test+json';
const { signer, trust } = testSigning();
const sealed = (text = '{"n":1}', payloadType = type) => sealEnvelope(payloadType, bytesOf(text), signer);
const open = (bytes: Uint8Array, by = trust) => openEnvelope(bytes, type, 'notes/1.json', by);
const codesOf = ({ diagnostics }: ReturnType<typeof open>) => diagnostics.map(({ code }) => code);

describe('an envelope', () => {
  it('gives back what was signed, and says who signed it', () => {
    const { value, diagnostics } = open(sealed());
    expect(diagnostics).toEqual([]);
    expect([textOf(value?.payload), value?.key.keyid]).toEqual(['{"n":1}', signer.keyid]);
  });

  it('is DSSE: the signature is over type and payload with their lengths', () => {
    const { signatures } = JSON.parse(textOf(sealed()) ?? '');
    const key = createPublicKey({
      key: Buffer.from(signer.publicKey, 'base64'),
      format: 'der',
      type: 'spki',
    });
    const said = bytesOf('DSSEv1 25 application/vnd.test+json 7 {"n":1}');
    expect(verify(null, said, key, Buffer.from(signatures[0].sig, 'base64'))).toBe(true);
  });

  it('is refused with any one bit of it changed, and cut anywhere', () => {
    const bytes = sealed();
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      expect(open(changed).value).toBeUndefined();
      expect(open(bytes.subarray(0, at)).value).toBeUndefined();
    }
  });

  it('of another type is none, though it is signed', () => {
    expect(codesOf(open(sealed('{"n":1}', 'application/vnd.other+json')))).toEqual(['signature-invalid']);
    const relabelled = (textOf(sealed('{"n":1}', 'application/vnd.othr+json')) ?? '').replace('othr', 'test');
    expect(codesOf(open(bytesOf(relabelled)))).toEqual(['signature-invalid']);
  });

  it('is refused without a signature, by a key that nobody knows, and where nobody is trusted', () => {
    const bare = { ...JSON.parse(textOf(sealed()) ?? ''), signatures: [] };
    expect(codesOf(open(bytesOf(`${JSON.stringify(bare, null, 2)}\n`)))).toEqual(['not-signed']);
    expect(codesOf(open(bytesOf('{"format":1,"number":1}')))).toEqual(['not-signed']);
    expect(codesOf(open(sealEnvelope(type, bytesOf('{}'), newSigningKey())))).toEqual(['unknown-signer']);
    expect(codesOf(open(sealed(), nobody))).toEqual(['no-trust-root']);
    expect(codesOf(open(bytesOf('no json')))).toEqual(['manifest-damaged']);
  });

  it('cannot borrow the name of a trusted key', () => {
    const other = sealEnvelope(type, bytesOf('{}'), { ...newSigningKey(), keyid: signer.keyid });
    expect(codesOf(open(other))).toEqual(['signature-invalid']);
  });
});
