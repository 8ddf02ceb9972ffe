const aliases: ReadonlyMap<string, string> = new Map([
  ['linux', 'x86_64-unknown-linux-gnu'],
  ['macos', 'aarch64-apple-darwin'],
  ['windows', 'x86_64-pc-windows-msvc'],
  ['win_amd64', 'x86_64-pc-windows-msvc'],
  ['win_arm64', 'aarch64-pc-windows-msvc'],
  ['win32', 'i686-pc-windows-msvc'],
]);

const architectures: Readonly<Record<string, string>> = {
  amd64: 'x86_64',
  x64: 'x86_64',
  x86_64: 'x86_64',
  arm64: 'aarch64',
  aarch64: 'aarch64',
};

/** The triple that a spelling stands for; the spelling itself where it is one, or nothing that is known. */
export function tripleOf(name: string): string {
  return aliases.get(name) ?? tripleOfTag(name) ?? tripleOfSystem(name) ?? name;
}

/** A platform tag of wheels, as pip's `--platform` takes it. */
function tripleOfTag(name: string): string | null {
  const linux = /^((?:many|musl)?linux)(1|2010|2014|_\d{1,2}_\d{1,3})?_(\w+)$/.exec(name);
  if (linux !== null) {
    const [, kind = '', level = '', tagged = ''] = linux;
    const arch = tagged === 'armv7l' ? 'armv7' : tagged;
    return kind === 'linux' ? `${arch}-linux-any` : `${arch}-${kind}${level}`;
  }
  const mac = /^macosx_(\d{2})_(\d{1,2})_(x86_64|arm64)$/.exec(name);
  if (mac !== null) return `${mac[3]}-apple-darwin${mac[1]}.${mac[2]}`;
  const ios = /^ios_(\d{2})_(\d{1,2})_(x86_64|arm64)_iphone(os|simulator)$/.exec(name);
  if (ios !== null) return `${ios[3]}-apple-ios${ios[4] === 'os' ? '' : '-simulator'}${ios[1]}.${ios[2]}`;
  const android = /^android_(\d{2})_(x86_64|arm64_v8a)$/.exec(name);
  if (android !== null) return `${android[2] === 'x86_64' ? 'x86_64' : 'aarch64'}-linux-android${android[1]}`;
  const pyodide = /^(?:pyodide|pyemscripten)_(\d{4})_0_wasm32$/.exec(name);
  return pyodide === null ? null : `wasm32-pyodide${pyodide[1]}`;
}

/** A system with its architecture or its level: `linux-arm64`, `macos-14`, `macos-14-x86_64`. */
function tripleOfSystem(name: string): string | null {
  const match = /^(linux|macos|windows)(?:-?(\d{2}(?:\.\d{1,2})?))?(?:-(\w+))?$/.exec(name);
  if (match === null) return null;
  const [, system = '', level = '', given] = match;
  if (level !== '' && system !== 'macos') return null;
  const arch = given === undefined ? (system === 'macos' ? 'aarch64' : 'x86_64') : architectures[given];
  if (arch === undefined) return null;
  switch (system) {
    case 'linux':
      return `${arch}-unknown-linux-gnu`;
    case 'macos':
      return `${arch}-apple-darwin${level}`;
    default:
      return `${arch}-pc-windows-msvc`;
  }
}
