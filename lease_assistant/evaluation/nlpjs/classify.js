'use strict';
// Trains NLP.js on the examples and classifies the texts that come as JSON on standard input:
// {"examples": [[text, label]], "texts": [text]} gives {"rankings": [{label: score}], "training_seconds", "milliseconds"}.

const fs = require('fs');
const { containerBootstrap } = require('@nlpjs/core');
const { LangNl } = require('@nlpjs/lang-nl');
const { Nlp } = require('@nlpjs/nlp');

const LABELS_KEPT = 10;

async function main() {
  const { examples, texts } = JSON.parse(fs.readFileSync(0, 'utf8'));
  const container = await containerBootstrap();
  container.use(Nlp);
  container.use(LangNl);
  const nlp = container.get('nlp');
  nlp.settings.autoSave = false;
  nlp.settings.log = false;
  nlp.addLanguage('nl');
  for (const [text, label] of examples) {
    nlp.addDocument('nl', text, label);
  }

  const started = process.hrtime.bigint();
  await nlp.train();
  const trained = process.hrtime.bigint();
  const rankings = [];
  for (const text of texts) {
    const { classifications } = await nlp.process('nl', text);
    const kept = classifications.filter(({ intent }) => intent !== 'None').slice(0, LABELS_KEPT);
    rankings.push(Object.fromEntries(kept.map(({ intent, score }) => [intent, score])));
  }
  const milliseconds = Number(process.hrtime.bigint() - trained) / 1e6 / texts.length;
  const result = { rankings, training_seconds: Number(trained - started) / 1e9, milliseconds };
  process.stdout.write(`\n${JSON.stringify(result)}\n`);
}

main();
