import { nameList } from './name-list.ts';

/** Arabic names as French, English and Italian clerks transliterate them. */
export const arabic = nameList('ARABIC', {
  male: `Mohamed/Mohammed/Muhammad/Mouhamed Ahmed/Ahmad/Ahmet Youssef/Yusuf/Yousef/Yousif Ibrahim/Ebrahim/Brahim
    Khaled/Khalid/Haled Mustafa/Mustapha/Moustafa Hassan/Hasan Hussein/Husain/Houcine/Hossein Omar/Umar/Omer
    Abdelrahman/Abdurrahman/Abderrahmane Mahmoud/Mahmud Karim/Kareem Tarek/Tariq/Tarik Walid/Waleed/Oualid
    Said/Saeed/Saïd Sami/Samy Rachid/Rashid/Rasheed Jamal/Djamel/Gamal Nabil/Nabeel Bilal/Belal/Bilel
    Hamza/Hamzah Anas/Anass Amine/Amin/Ameen Zakaria/Zakariya/Zakarya`,
  female: `Fatima/Fatma/Fatimah/Fatema Aisha/Aicha/Aysha/Ayesha Maryam/Mariam/Meriem/Miriam Khadija/Khadijah/Kadija
    Zainab/Zeinab/Zaynab Amina/Aminah Nour/Noor/Nur Salma/Selma Yasmin/Yasmine/Jasmin Hanan/Hanane
    Samira/Sameera Leila/Layla/Laila Rania/Raniya Souad/Suad Imane/Iman/Eman Naima/Naimah`,
  family: `Benali/Ben_Ali Trabelsi/Traboulsi Haddad/Hadad Mansour/Mansur/Mansouri Saleh/Salih/Salah Khalil/Khaleel
    Hamdi/Hamdy Nasser/Naser/Nasr El_Sayed/Elsayed/Al_Sayed Abdallah/Abdullah/Abdalla Bouazizi/Bouaziz
    El_Amrani/Amrani Chaoui/Chaoui/Shawi Idrissi/El_Idrissi Othman/Osman/Uthman Gharbi/Al_Gharbi
    Jaber/Jabir/Gaber Kassem/Qasim/Kasim Darwish/Darwich/Darouiche Al_Khatib/Alkhatib/El_Khatib
    Fawzi/Faouzi/Fawzy Zaki/Zaky Shahin/Chahine/Shaheen Ayari/Ayyari Tawfik/Taoufik/Tewfik Hosni/Husni
    Rahmani/Errahmani Belhadj/Bel_Haj Soliman/Suleiman/Sliman Yassin/Yasin/Yacine`,
});
