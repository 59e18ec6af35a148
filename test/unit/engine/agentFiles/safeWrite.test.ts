import * as assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  dropCopy,
  fingerprint,
  keepCopy,
  readAgentFile,
  readCopy,
  replaceFile,
  updateFile,
} from '../../../../src/engine/agentFiles/safeWrite.ts';

const text = (words: string): Buffer => Buffer.from(words);

describe("writing an agent's file", () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), 'burn-meter-safe-'));
    path = join(folder, 'settings.json');
  });
  afterEach(() => fs.rm(folder, { recursive: true, force: true }));

  for (const mode of [0o600, 0o644, 0o664]) {
    it(`replaces the bytes and keeps mode ${mode.toString(8)}`, async () => {
      await fs.writeFile(path, 'old');
      await fs.chmod(path, mode);
      assert.equal(await replaceFile(await readAgentFile(path), text('new')), true);
      assert.equal(await fs.readFile(path, 'utf8'), 'new');
      assert.equal((await fs.stat(path)).mode & 0o7777, mode);
      assert.deepEqual(await fs.readdir(folder), ['settings.json']);
    });
  }

  it('begins again with what somebody else has written meanwhile', async () => {
    const others = ['theirs', 'theirs again'];
    await updateFile(path, (bytes) => {
      const other = others.shift();
      if (other !== undefined) writeFileSync(path, other);
      return `${bytes?.toString() ?? 'nothing'}, ours`;
    });
    assert.equal(await fs.readFile(path, 'utf8'), 'theirs again, ours');
  });

  it('gives up on a file that never rests', async () => {
    let count = 0;
    const never = updateFile(path, () => {
      count += 1;
      writeFileSync(path, String(count));
      return 'ours';
    });
    await assert.rejects(never, /keeps changing/);
    assert.equal(await fs.readFile(path, 'utf8'), String(count));
  });

  it('makes a file and its folder where there was none, for the user alone', async () => {
    const deep = join(folder, 'a', 'b', 'settings.json');
    const was = await readAgentFile(deep);
    assert.equal(was.bytes, null);
    assert.equal(await replaceFile(was, text('new')), true);
    assert.equal((await fs.stat(deep)).mode & 0o7777, 0o600);
  });

  it('writes through a link, relative or chained, and leaves the link', async () => {
    await fs.mkdir(join(folder, 'dotfiles'));
    await fs.writeFile(join(folder, 'dotfiles', 'real.json'), 'old');
    await fs.symlink(join('dotfiles', 'real.json'), join(folder, 'middle.json'));
    await fs.symlink('middle.json', path);
    assert.equal(await replaceFile(await readAgentFile(path), text('new')), true);
    assert.equal((await fs.lstat(path)).isSymbolicLink(), true);
    assert.equal(await fs.readFile(join(folder, 'dotfiles', 'real.json'), 'utf8'), 'new');
  });

  it('makes the file to which a link leads that leads to nothing yet', async () => {
    await fs.mkdir(join(folder, 'dotfiles'));
    await fs.symlink(join('dotfiles', 'real.json'), path);
    const was = await readAgentFile(path);
    assert.equal(was.bytes, null);
    assert.equal(await replaceFile(was, text('new')), true);
    assert.equal(await fs.readFile(join(folder, 'dotfiles', 'real.json'), 'utf8'), 'new');
  });

  it('refuses a link that leads to itself', async () => {
    await fs.symlink('settings.json', path);
    await assert.rejects(readAgentFile(path));
  });

  const meanwhile: readonly {
    readonly name: string;
    readonly before: string | null;
    readonly act: () => Promise<void>;
  }[] = [
    { name: 'was rewritten', before: 'old', act: () => fs.writeFile(path, 'theirs') },
    { name: 'was deleted', before: 'old', act: () => fs.rm(path) },
    { name: 'was made', before: null, act: () => fs.writeFile(path, 'theirs') },
    {
      name: 'was made a link',
      before: 'old',
      act: async () => {
        await fs.writeFile(join(folder, 'elsewhere'), 'old');
        await fs.rm(path);
        await fs.symlink('elsewhere', path);
      },
    },
  ];
  for (const { name, before, act } of meanwhile) {
    for (const next of [text('new'), null]) {
      it(`${next === null ? 'deletes' : 'writes'} nothing when the file ${name} meanwhile`, async () => {
        if (before !== null) await fs.writeFile(path, before);
        const was = await readAgentFile(path);
        await act();
        const theirs = await fs.readFile(path, 'utf8').catch(() => null);
        assert.equal(await replaceFile(was, next), false);
        assert.equal(await fs.readFile(path, 'utf8').catch(() => null), theirs);
        assert.deepEqual(
          (await fs.readdir(folder)).filter((file) => file.startsWith('.')),
          [],
        );
      });
    }
  }

  it('refuses a file that its user has write-protected', async () => {
    await fs.writeFile(path, 'old');
    await fs.chmod(path, 0o444);
    await assert.rejects(replaceFile(await readAgentFile(path), text('new')), /write-protected/);
    assert.equal(await fs.readFile(path, 'utf8'), 'old');
  });

  it('refuses what is no file', async () => {
    await fs.mkdir(path);
    await assert.rejects(readAgentFile(path), /not a file/);
  });

  it('keeps copies for the user alone and gives back their bytes', async () => {
    const copies = join(folder, 'copies');
    const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d, 0x0d, 0x0a, 0xff]);
    const name = await keepCopy(copies, bytes);
    assert.equal(name, fingerprint(bytes));
    assert.equal(await keepCopy(copies, bytes), name);
    assert.deepEqual(await readCopy(copies, name), bytes);
    assert.equal((await fs.stat(copies)).mode & 0o777, 0o700);
    assert.equal((await fs.stat(join(copies, name))).mode & 0o777, 0o600);
    await dropCopy(copies, name);
    await assert.rejects(readCopy(copies, name));
    assert.equal(await readCopy(copies, await keepCopy(copies, null)), null);
  });

  it('does not give back a copy that was altered', async () => {
    const name = await keepCopy(folder, text('{}'));
    await fs.writeFile(join(folder, name), '{"theirs": 1}');
    await assert.rejects(readCopy(folder, name), /altered/);
  });
});
