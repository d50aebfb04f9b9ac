import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.BufferedOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Fetches a mailbox with Jakarta Mail. The arguments are those of program.ts. */
class FetchWithJakartaMail {
    public static void main(String[] args) throws Exception {
        if (args.length == 1) {
            System.out.println(Session.class.getPackage().getImplementationVersion());
            return;
        }
        String encryption = args[4];
        boolean delete = args[6].equals("delete");
        String login = args[7];
        String protocol = encryption.equals("implicit") ? "pop3s" : "pop3";
        Properties properties = new Properties();
        properties.put("mail." + protocol + ".timeout", "60000");
        properties.put("mail." + protocol + ".starttls.required", String.valueOf(encryption.equals("starttls")));
        properties.put("mail." + protocol + ".starttls.enable", String.valueOf(encryption.equals("starttls")));
        properties.put("mail." + protocol + ".apop.enable", String.valueOf(login.equals("APOP")));
        // PASS and APOP are its LOGIN.
        if (login.equals("PLAIN") || login.equals("XOAUTH2"))
            properties.put("mail." + protocol + ".auth.mechanisms", login);
        if (!encryption.equals("none"))
            properties.put("mail." + protocol + ".ssl.socketFactory", trusting(args[5]).getSocketFactory());
        Store store = Session.getInstance(properties).getStore(protocol);
        store.connect(args[0], Integer.parseInt(args[1]), args[2], args[3]);
        Folder folder = store.getFolder("INBOX");
        folder.open(delete ? Folder.READ_WRITE : Folder.READ_ONLY);
        for (Message message : folder.getMessages()) {
            try (OutputStream file = new BufferedOutputStream(new FileOutputStream(message.getMessageNumber() + ".eml"))) {
                message.writeTo(file);
            }
            if (delete) message.setFlag(Flags.Flag.DELETED, true);
        }
        folder.close(delete);
        store.close();
    }

    private static SSLContext trusting(String authority) throws Exception {
        KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
        keys.load(null);
        try (InputStream file = new FileInputStream(authority)) {
            keys.setCertificateEntry("authority", CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
