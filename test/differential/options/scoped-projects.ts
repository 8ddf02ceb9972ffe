/** What a project changes of the requirements of single packages, by `tool.uv`; each locked whole. */
export const scopedChanges: readonly {
  readonly id: string;
  readonly dependencies: readonly string[];
  readonly uv: readonly string[];
}[] = [
  {
    id: 'replaces a requirement',
    dependencies: ['flask>=3.1'],
    uv: ['override-dependencies = [{ package = { name = "Flask" }, dependencies = ["werkzeug<3.1"] }]'],
  },
  {
    id: 'leaves what others ask',
    dependencies: ['flask>=3.1', 'jinja2', 'werkzeug>=3.1.2'],
    uv: ['override-dependencies = [{ package = { name = "jinja2" }, dependencies = ["markupsafe<3.0.3"] }]'],
  },
  {
    id: 'is for one version',
    dependencies: ['flask==3.0.3'],
    uv: [
      'override-dependencies = [',
      '  { package = { name = "flask", version = "3.0.3.0" }, dependencies = ["werkzeug<3.0.2"] },',
      '  { package = { name = "flask" }, dependencies = ["werkzeug<2", "click<8"] },',
      ']',
    ],
  },
  {
    id: 'is for another version',
    dependencies: ['flask==3.0.3'],
    uv: [
      'override-dependencies = [{ package = { name = "flask", version = "3.0.2" }, dependencies = ["werkzeug<2"] }]',
    ],
  },
  {
    id: 'adds a requirement',
    dependencies: ['flask>=3.1'],
    uv: ['override-dependencies = [{ package = { name = "flask" }, dependencies = ["idna<3.7"] }]'],
  },
  {
    id: 'goes before an override for all',
    dependencies: ['flask>=3.1', 'jinja2'],
    uv: [
      'override-dependencies = [',
      '  "markupsafe<3.0.3",',
      '  { package = { name = "jinja2" }, dependencies = ["markupsafe<3.0.2"] },',
      ']',
    ],
  },
  {
    id: 'replaces by a marker',
    dependencies: ['flask>=3.1'],
    uv: [
      'override-dependencies = [',
      `  { package = { name = "flask" }, dependencies = ["werkzeug<3.1 ; sys_platform == 'win32'", "werkzeug>=3.1 ; sys_platform != 'win32'"] },`,
      ']',
    ],
  },
  {
    id: 'replaces what an extra asks',
    dependencies: ['uvicorn[standard]', 'h11'],
    uv: ['override-dependencies = [{ package = { name = "uvicorn" }, dependencies = ["websockets<14"] }]'],
  },
  {
    id: 'leaves alone an extra that nobody asks for',
    dependencies: ['uvicorn'],
    uv: ['override-dependencies = [{ package = { name = "uvicorn" }, dependencies = ["websockets<14"] }]'],
  },
  {
    id: 'leaves a package out',
    dependencies: ['flask>=3.1', 'jinja2'],
    uv: [
      'exclude-dependencies = [{ package = { name = "flask" }, dependencies = ["blinker", "itsdangerous"] }]',
    ],
  },
  {
    id: 'leaves out what others ask for',
    dependencies: ['flask>=3.1', 'jinja2'],
    uv: ['exclude-dependencies = [{ package = { name = "flask" }, dependencies = ["jinja2"] }]'],
  },
  {
    id: 'leaves out of one version',
    dependencies: ['flask==3.0.3'],
    uv: [
      'exclude-dependencies = [',
      '  { package = { name = "flask", version = "3.0.3" }, dependencies = ["blinker"] },',
      '  { package = { name = "flask" }, dependencies = ["jinja2"] },',
      ']',
    ],
  },
  {
    id: 'puts one package in the place of another',
    dependencies: ['flask>=3.1'],
    uv: [
      'override-dependencies = [{ package = { name = "flask" }, dependencies = ["idna", "blinker<1.7"] }]',
      'exclude-dependencies = [{ package = { name = "flask" }, dependencies = ["click", "blinker"] }]',
    ],
  },
  {
    id: 'is of the project itself',
    dependencies: ['flask>=3.1', 'click'],
    uv: [
      'override-dependencies = [{ package = { name = "app" }, dependencies = ["flask<3.1", "idna<3.7"] }]',
      'exclude-dependencies = [{ package = { name = "app" }, dependencies = ["click"] }]',
    ],
  },
];
