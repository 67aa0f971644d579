import { expect, test } from 'vitest';
import { programWrite } from '../../src/model/program-writes.ts';
import { readProject } from '../../src/model/read-project.ts';
import { memoryFiles } from '../../src/read/files-memory.ts';

const compose = 'services:\n  app:\n    build: .\n    volumes: ["data:/data"]\nvolumes:\n  data:\n';

function writeIn(file: string, text: string): string | undefined {
  const files = memoryFiles({ 'compose.yaml': compose, Dockerfile: 'FROM debian:13\nCOPY . .\n', [file]: text });
  const project = readProject(files, { today: '2026-11-21', compose: { env: {} } });
  return programWrite(project.services[0]!, project);
}

test.each([
  ['server.js', "fs.appendFileSync('access.log', line)"],
  ['server.ts', "const out = createWriteStream(path.join(dir, 'x'))"],
  ['db.mjs', "export const db = new Database('app.db')"],
  ['app.py', "with open('out.txt', 'w') as file:"],
  ['app.py', 'with open(os.path.join(base, "log"), "a+") as file:'],
  ['app.py', "db = sqlite3.connect('visits.db')"],
  ['settings.py', 'URL = "sqlite:///app.db"'],
  ['app.py', "Path('out').mkdir(exist_ok=True)"],
  ['main.go', 'f, err := os.Create("out.txt")'],
  ['app.rb', "File.open('log', 'a') { |f| f.puts 1 }"],
  ['index.php', "file_put_contents('count.txt', $n);"],
  ['Main.java', 'try (var out = new FileWriter("x")) {'],
  ['main.rs', 'let mut file = File::create("x")?;'],
  ['Program.cs', 'File.WriteAllText("x", text);'],
])('%s: %s', (file, line) => {
  expect(writeIn(file, `first\n${line}\n`)).toBe(`${file}:2`);
});

test.each([
  ['server.js', "fs.readFileSync('config.json')"],
  ['server.js', "fs.writeFileSync('/tmp/ready', '')"],
  ['server.js', "fs.mkdirSync('/data/uploads')"],
  ['server.js', '// fs.appendFileSync(log)'],
  ['server.js', "mkdtempSync(path.join(os.tmpdir(), 'x'))"],
  ['app.py', "with open('config.json') as file:"],
  ['app.py', "with open('config.json', 'rb') as file:"],
  ['app.py', 'db = sqlite3.connect(":memory:")'],
  ['main.go', 'f, err := os.Open("in.txt")'],
  ['app.test.js', "fs.writeFileSync('x', '')"],
])('no write of its own: %s: %s', (file, line) => {
  expect(writeIn(file, `${line}\n`)).toBeUndefined();
});
