import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agentKernelParams } from '../../../provisioner/boot/agent-params.ts';
import { renderKernelParams } from '../../../provisioner/boot/kernel-params.ts';
import { findBootLoader } from '../../../provisioner/boot/loaders.ts';
import { renderGrub, renderIpxe } from '../../../provisioner/boot/script.ts';
import { isFabricError } from '../../../topology/error/fabric-error.ts';

const SELF = 'http://10.77.0.1:8080/boot.ipxe?mac=52:54:00:00:00:01&arch=7';
const BOOT = {
  action: 'boot' as const,
  kernel: 'http://10.77.0.1:8080/files/vmlinuz',
  initrd: 'http://10.77.0.1:8080/files/rd.img',
  params: agentKernelParams({
    apiUrl: 'http://10.77.0.1:6385',
    mac: '52:54:00:00:00:01',
    consoles: ['tty0', 'ttyS0,115200'],
  }),
};

describe('boot scripts', () => {
  test('iPXE loads kernel and ramdisk, and asks again when that fails', () => {
    expect(renderIpxe(BOOT, SELF)).toBe(`#!ipxe
imgfree
kernel http://10.77.0.1:8080/files/vmlinuz initrd=rd ipa-api-url=http://10.77.0.1:6385 BOOTIF=01-52-54-00-00-00-01 console=tty0 console=ttyS0,115200 || goto retry
initrd --name rd http://10.77.0.1:8080/files/rd.img || goto retry
boot || goto retry
:retry
sleep 5
chain --replace --autofree ${SELF} || goto retry
`);
  });

  test('GRUB takes the same as quoted words', () => {
    const script = renderGrub(BOOT, SELF);
    expect(script).toContain("linux '(http,10.77.0.1:8080)/files/vmlinuz' 'ipa-api-url=http://10.77.0.1:6385'");
    expect(script).toContain("initrd '(http,10.77.0.1:8080)/files/rd.img'");
  });

  test('waiting and the local disk have their own scripts', () => {
    expect(renderIpxe({ action: 'wait', seconds: 10 }, SELF)).toMatch(/:retry\nsleep 10\nchain .* \|\| goto retry\n$/);
    expect(renderIpxe({ action: 'local-disk' }, SELF)).toContain('sanboot --no-describe --drive 0x80');
    expect(renderGrub({ action: 'local-disk' }, SELF)).toContain('chainloader +1');
  });

  // biome-ignore lint/suspicious/noTemplateCurlyInString: the very text an expansion would be
  test.each(['ftp://x/k', 'http://x/k y', 'http://x/k\nboot', 'http://u:p@x/k', 'http://x/${net0/mac}', "http://x/'"])(
    'a URL that could carry more than a URL is refused: %j',
    (kernel) => {
      expect(() => renderIpxe({ ...BOOT, kernel }, SELF)).toThrow(/Boot script refused/);
      expect(() => renderGrub({ ...BOOT, kernel }, SELF)).toThrow(/Boot script refused/);
    },
  );
});

describe('kernel parameters', () => {
  test('no value adds a line, a command or an expansion', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary-ascii', maxLength: 20 }),
        fc.constantFrom('ipxe' as const, 'grub' as const),
        (value, loader) => {
          let line: string;
          try {
            line = renderKernelParams({ x: value }, loader);
          } catch (error) {
            return isFabricError(error, 'kernel_param_invalid');
          }
          const expected = loader === 'grub' ? `'x=${value}'` : value.includes(' ') ? `x="${value}"` : `x=${value}`;
          return line === expected && !/[\n\r\0$`\\]/.test(line) && !line.split(' ').includes('||');
        },
      ),
    );
  });

  // biome-ignore lint/suspicious/noTemplateCurlyInString: the very text an expansion would be
  test.each(['a || goto x', 'a && b', 'a ; b', 'a #b', 'a  b', 'a"b', "a'b", '${x}', 'a\nb'])(
    '%j is refused',
    (value) => {
      expect(() => renderKernelParams({ x: value }, 'ipxe')).toThrow(/Kernel parameter x refused/);
    },
  );

  test('a name with a blank and a line too long are refused', () => {
    expect(() => renderKernelParams({ 'a b': true }, 'ipxe')).toThrow(/its name/);
    expect(() => renderKernelParams({ a: 'x'.repeat(2100) }, 'ipxe')).toThrow(/longer than/);
  });

  test('root device hints survive the command line', () => {
    const params = agentKernelParams({ apiUrl: 'http://a', rootDevice: { model: 'Big Disk, 2', size: 100 } });
    expect(params.root_device).toBe('model=Big%20Disk%2C%202,size=100');
    expect(renderKernelParams(params, 'ipxe')).toContain('root_device=model=Big%20Disk%2C%202,size=100');
  });
});

test('a missing boot loader names the package', async () => {
  await expect(findBootLoader('snponly.efi', ['/nonexistent'])).rejects.toThrow(/Debian package ipxe/);
  await expect(findBootLoader('../etc/passwd')).rejects.toMatchObject({ code: 'boot_loader_unknown' });
});
