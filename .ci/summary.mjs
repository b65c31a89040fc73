// Summarizes the .trx files of a folder: the time of each test project, the slowest tests, the skipped ones with their
// reasons, the failed ones with message and stack, and in the last line the number of each. Exits with 1 unless tests ran and none failed.
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const FailuresMax = 20;
const FailureLinesMax = 60;
const ReasonLinesMax = 3;
const LineLengthMax = 1000;
const SlowestMax = 10;

const Entities = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

const unescaped = (text) =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name) return Entities[name] ?? whole;
    return String.fromCodePoint(hex ? parseInt(hex, 16) : parseInt(decimal, 10));
  });

const attribute = (tag, name) => unescaped(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '');

const content = (xml, name) =>
  [...xml.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([^]*?)</${name}>`, 'g'))].map((match) => unescaped(match[1]).trim()).join('\n');

const secondsOf = (duration) => {
  const [hours, minutes, seconds] = duration.split(':').map(Number);
  return hours * 3600 + minutes * 60 + seconds;
};

// A result is one element: empty, or with its output in it. Theories of xunit are not nested.
const resultsOf = (xml, project) =>
  [...xml.matchAll(/<UnitTestResult(\s[^>]*?)(?:\/>|>([^]*?)<\/UnitTestResult>)/g)].map(([, tag, inner = '']) => ({
    project,
    name: attribute(tag, 'testName'),
    outcome: attribute(tag, 'outcome'),
    seconds: secondsOf(attribute(tag, 'duration') || '0:0:0'),
    message: content(inner, 'Message'),
    stack: content(inner, 'StackTrace'),
    output: content(inner, 'StdOut'),
  }));

const runOf = (file) => {
  const xml = readFileSync(file, 'utf8');
  const times = /<Times\s[^>]*>/.exec(xml)?.[0] ?? '';
  const codeBase = attribute(/<TestMethod\s[^>]*>/.exec(xml)?.[0] ?? '', 'codeBase');
  const project = basename(codeBase, '.dll') || basename(file);
  return {
    project,
    seconds: (Date.parse(attribute(times, 'finish')) - Date.parse(attribute(times, 'start'))) / 1000,
    results: resultsOf(xml, project),
    // No test reports that the test host crashed or was ended because a test hung; this finds it, and the test that ran then.
    errors: [...xml.matchAll(/<RunInfo\s[^>]*outcome="(?:Error|Failed)"[^>]*>[^]*?<\/RunInfo>/g)]
      .map(([info]) => content(info, 'Text'))
      .filter((text) => !/^\[xUnit\.net .*\[FAIL\]$/.test(text)),
  };
};

// The blame collector leaves this file when the test host ended too early.
const unfinishedIn = (file) =>
  [...readFileSync(file, 'utf8').matchAll(/<Test\s[^>]*Completed="False"[^>]*>/g)].map(([tag]) => attribute(tag, 'Name'));

const linesOf = (text) => text.split('\n').map((line) => line.trimEnd().slice(0, LineLengthMax)).filter((line) => line !== '');

const print = (lines, max) => {
  for (const line of lines.slice(0, max)) console.log(`    ${line}`);
  if (lines.length > max) console.log(`    … ${lines.length - max} more lines`);
};

// The message may be long; the stack has the place.
const printFailure = ({ project, name, message, stack, output }) => {
  console.log(`  ${name} (${project})`);
  const [messageLines, stackLines] = [linesOf(message), linesOf(stack)];
  const stackMax = Math.max(FailureLinesMax / 2, FailureLinesMax - messageLines.length);
  const messageMax = FailureLinesMax - Math.min(stackLines.length, stackMax);
  print(messageLines, messageMax);
  print(stackLines, stackMax);
  const outputMax = FailureLinesMax - messageLines.length - stackLines.length;
  if (output && outputMax > 0) print(['output:', ...linesOf(output)], outputMax);
};

const folder = process.argv[2];
const files = readdirSync(folder, { recursive: true });
const runs = files.filter((file) => file.endsWith('.trx')).map((file) => runOf(join(folder, file)))
  .sort((one, other) => one.project.localeCompare(other.project));
const results = runs.flatMap((run) => run.results);
const passed = results.filter((result) => result.outcome === 'Passed');
const skipped = results.filter((result) => result.outcome === 'NotExecuted');
const failed = results.filter((result) => result.outcome !== 'Passed' && result.outcome !== 'NotExecuted');

if (runs.length > 0) console.log('\nTest projects:');
for (const run of runs) console.log(`  ${run.seconds.toFixed(0).padStart(5)} s  ${run.project}, ${run.results.length} tests`);

if (results.length > 0) console.log('\nSlowest tests:');
for (const { seconds, name } of results.toSorted((one, other) => other.seconds - one.seconds).slice(0, SlowestMax))
  console.log(`  ${seconds.toFixed(1).padStart(7)} s  ${name}`);

if (skipped.length > 0) console.log('\nSkipped tests:');
for (const { name, message, output } of skipped) {
  console.log(`  ${name}`);
  print(linesOf(message || output), ReasonLinesMax);
}

if (failed.length > 0) console.log('\nFailed tests:');
failed.slice(0, FailuresMax).forEach(printFailure);
if (failed.length > FailuresMax) {
  console.log(`  … and ${failed.length - FailuresMax} more:`);
  for (const { name } of failed.slice(FailuresMax)) console.log(`  ${name}`);
}

const errors = runs.flatMap((run) => run.errors.map((error) => `${run.project}: ${error}`));
if (errors.length > 0) console.log('\nErrors outside of tests:');
for (const error of errors) print(linesOf(error), FailureLinesMax);

// Each file lies there twice.
const unfinished = new Set(files.filter((file) => /Sequence_\w+\.xml$/.test(file)).flatMap((file) => unfinishedIn(join(folder, file))));
if (unfinished.size > 0) console.log('\nTests that had not ended when their process did:');
for (const name of unfinished) console.log(`  ${name}`);

if (passed.length + failed.length === 0) console.log('\nno test ran');
console.log(`\n${passed.length} passed, ${failed.length} failed, ${skipped.length} skipped`);
process.exitCode = passed.length > 0 && failed.length === 0 && errors.length === 0 ? 0 : 1;
