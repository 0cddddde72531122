"""What Debian's slim image holds, by command.

Derived from `dpkg -L` of the packages that `debian:bookworm-slim` is made of (its `dpkg-query -W`: the essential and
required ones, apt, adduser, login, mount, passwd, tzdata). Trixie moved a few of them between packages and removed
none that applications call.
"""

from __future__ import annotations

DEBIAN_SLIM = frozenset(
    """
    add-shell addgroup addpart adduser agetty apt apt-cache apt-cdrom apt-config apt-get apt-key apt-mark arch awk
    b2sum base32 base64 basename basenc bash bashbug blkdiscard blkid blkzone blockdev captoinfo cat chage chcon
    chcpu chfn chgpasswd chgrp chmem chmod choom chown chpasswd chroot chrt chsh cksum clear clear_console cmp comm
    cp cpgr cppw csplit ctrlaltdel cut dash date dd deb-systemd-helper deb-systemd-invoke debconf
    debconf-apt-progress debconf-communicate debconf-copydb debconf-escape debconf-set-selections debconf-show
    delgroup delpart deluser df diff diff3 dir dircolors dirname dmesg dnsdomainname domainname dpkg dpkg-deb
    dpkg-divert dpkg-fsys-usrunmess dpkg-maintscript-helper dpkg-preconfigure dpkg-query dpkg-realpath
    dpkg-reconfigure dpkg-split dpkg-statoverride dpkg-trigger du echo egrep env expand expiry expr factor faillock
    faillog fallocate false fgrep fincore find findfs findmnt flock fmt fold fsck fsck.cramfs fsck.minix fsfreeze
    fstab-decode fstrim getconf getent getopt getty gpasswd gpgv grep groupadd groupdel groupmems groupmod groups
    grpck grpconv grpunconv gunzip gzexe gzip hardlink head hostid hostname hwclock i386 iconv iconvconfig id
    infocmp infotocap install installkernel invoke-rc.d ionice ipcmk ipcrm ipcs ischroot isosize join killall5 last
    lastb lastlog ld.so ldattach ldconfig ldd link linux32 linux64 ln locale localedef logger login logname logsave
    losetup ls lsblk lscpu lsfd lsipc lsirq lslocks lslogins lsmem lsns mawk mcookie md5sum md5sum.textutils mesg
    mkdir mkfifo mkfs mkfs.bfs mkfs.cramfs mkfs.minix mkhomedir_helper mknod mkswap mktemp more mount mountpoint mv
    namei nawk newgrp newusers nice nisdomainname nl nohup nologin nproc nsenter numfmt od pam-auth-update
    pam_getenv pam_namespace_helper pam_timestamp_check partx passwd paste pathchk perl perl5.36.0 pidof pinky
    pivot_root pldd pr printenv printf prlimit ptx pwck pwconv pwd pwhistory_helper pwunconv rbash readlink
    readprofile realpath remove-shell rename.ul renice reset resizepart rev rgrep rm rmdir rmt rmt-tar rtcwake
    run-parts runcon runuser savelog script scriptlive scriptreplay sdiff sed seq service setarch setpriv setsid
    setterm sg sh sha1sum sha224sum sha256sum sha384sum sha512sum shadowconfig shred shuf sleep sort split
    start-stop-daemon stat stdbuf stty su sulogin sum swaplabel swapoff swapon switch_root sync tabs tac tail tar
    tarcat taskset tee tempfile test tic timeout toe touch tput tr true truncate tset tsort tty tzselect uclampset
    umount uname uncompress unexpand uniq unix_chkpwd unix_update unlink unshare update-alternatives update-passwd
    update-rc.d update-shells useradd userdel usermod users utmpdump vdir vigr vipw wall wc wdctl whereis which
    which.debianutils who whoami wipefs x86_64 xargs yes ypdomainname zcat zcmp zdiff zdump zegrep zfgrep zforce
    zgrep zic zless zmore znew zramctl [
    """.split()  # noqa: SIM905 - a long list of words reads best as text
)
"""Commands of `debian:*-slim` and, but for a handful, of `ubuntu`."""

WITH_CERTIFICATES = ("ca-certificates",)
"""Packages that the slim images of Python, Node.js and Railpack add."""

BUILDPACK = (
    *("autoconf", "automake", "build-essential", "bzip2", "ca-certificates", "curl", "dirmngr", "dpkg-dev", "file"),
    *("git", "gnupg", "imagemagick", "libcurl4-openssl-dev", "libglib2.0-dev", "libjpeg-dev", "libmagickcore-dev"),
    *("libmaxminddb-dev", "libpng-dev", "libpq-dev", "libsqlite3-dev", "libtool", "libwebp-dev", "libxml2-dev"),
    *("libxslt1-dev", "default-libmysqlclient-dev", "mercurial", "netbase", "openssh-client", "patch", "pkg-config"),
    *("procps", "sq", "subversion", "unzip", "wget", "xz-utils", "zlib1g-dev", "tk-dev", "libffi-dev", "libssl-dev"),
)
"""Packages of `buildpack-deps`, on which the images without `-slim` are built."""

RAILPACK_BUILDER = (*BUILDPACK, "cmake", "jq", "zip", "rsync", "locales", "openssl", "libxmlsec1-dev", "libicu-dev")
"""Packages of Railpack's builder image."""

RAILPACK_RUNTIME = (*WITH_CERTIFICATES, "pkg-config", "openssl", "locales", "libatomic1")
"""Packages of Railpack's runtime image, and the library it adds for Node.js."""
