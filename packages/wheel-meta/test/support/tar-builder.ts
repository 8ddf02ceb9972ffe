import { gzipSync } from 'node:zlib';

/** One member to put into a tar. */
export interface TarMember {
  readonly name: string;
  readonly data?: string | Uint8Array;
  readonly type?: string;
  /** Stated instead of the true ones. */
  readonly size?: number;
  readonly checksum?: number;
}

/** A tar made by hand, in ustar headers. */
export function buildTar(members: readonly TarMember[], endBlocks = 2): Uint8Array {
  const blocks = members.flatMap((member) => {
    const data = Buffer.from((member.data ?? '') as string);
    return [header(member, data.length), data, Buffer.alloc((512 - (data.length % 512)) % 512)];
  });
  return new Uint8Array(Buffer.concat([...blocks, Buffer.alloc(512 * endBlocks)]));
}

export function buildTarGz(members: readonly TarMember[]): Uint8Array {
  return new Uint8Array(gzipSync(buildTar(members)));
}

/** A member with its name in a pax extended header. */
export function paxMember(name: string, data: string): readonly TarMember[] {
  const body = ` path=${name}\n`;
  let length = Buffer.byteLength(body) + 1;
  while (Buffer.byteLength(`${length}${body}`) !== length) length++;
  return [
    { name: 'pax', type: 'x', data: `${length}${body}` },
    { name: 'short', data },
  ];
}

function header(member: TarMember, length: number): Buffer {
  const block = Buffer.alloc(512);
  block.write(member.name.slice(0, 100), 0);
  block.write('0000644\0', 100);
  block.write(`${(member.size ?? length).toString(8).padStart(11, '0')}\0`, 124);
  block.write('        ', 148);
  block.write(member.type ?? '0', 156);
  block.write('ustar\x0000', 257);
  const sum = member.checksum ?? block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
